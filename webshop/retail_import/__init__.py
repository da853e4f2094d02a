"""Import of Online Retail invoice lines into the shop, through its own tables and outbox.

reader    files -> raw rows -> invoices (two passes, bounded memory)
lines     one raw row -> an order line, a refund line, a stock adjustment or a rejection
invoices  the rows of one invoice -> what it orders, refunds and adjusts
ledger    lines -> stock movements that never take stock below what is free
products  invoices -> products, created and kept up where nobody changed them
records   invoices and movements -> table rows and events
loader    batches of invoices -> PostgreSQL, each batch in one transaction
command   `shopnow import-retail`
"""
