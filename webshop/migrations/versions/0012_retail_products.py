"""What an import last gave to a product, so that it keeps up only what nobody changed.

Revision: 0012.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

#: Until now an import gave each of its products the name and price of its latest order line; where
#: a product has others, somebody changed it. A price that rounds to nothing was taken for one.
PRODUCTS = """
INSERT INTO shop.retail_products
       (sku, name, price, active, placed_at, order_number, line_number)
SELECT product.sku,
       coalesce(latest.product_name, product.name),
       CASE WHEN product.price = 0 THEN 0 ELSE coalesce(latest.price, product.price) END,
       CASE WHEN latest.sku IS NULL THEN product.active ELSE product.kind = 'product' END,
       latest.placed_at, latest.order_number, latest.line_number
  FROM shop.products AS product
  LEFT JOIN (SELECT DISTINCT ON (line.sku) line.sku, line.product_name,
                    round(line.unit_price, 2) AS price,
                    orders.placed_at, orders.order_number, line.line_number
               FROM shop.order_lines AS line JOIN shop.orders USING (order_id)
              WHERE orders.channel = 'import' AND line.unit_price >= 0.005
              ORDER BY line.sku, orders.placed_at DESC, orders.order_number DESC,
                       line.line_number DESC) AS latest
    ON latest.sku = product.sku
 WHERE product.category = 'Online Retail'
"""


def upgrade() -> None:
    op.create_table(
        "retail_products",
        sa.Column("sku", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("price", sa.Numeric(18, 4), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True)),
        sa.Column("order_number", sa.String(length=64)),
        sa.Column("line_number", sa.Integer()),
        sa.ForeignKeyConstraint(
            ["sku"], ["shop.products.sku"], name=op.f("fk_retail_products_sku_products")
        ),
        sa.PrimaryKeyConstraint("sku", name=op.f("pk_retail_products")),
        schema="shop",
    )
    op.execute(PRODUCTS)


def downgrade() -> None:
    op.drop_table("retail_products", schema="shop")
