"""`shopnow import-retail`: Online Retail files into the shop, once."""

from pathlib import Path
from typing import Annotated

import typer


def import_retail(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Online Retail rows, .csv or .csv.gz.")
    ],
) -> None:
    """Import Online Retail files as products, orders, payments, refunds and stock movements.

    Every file is read to its end before anything is written. Importing a file again changes
    nothing, and so does running an import again that was killed.
    """
    from webshop.retail_import.importing import import_files

    import_files(files)
