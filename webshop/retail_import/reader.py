"""Retail files: checked to the end first, then handed out invoice by invoice.

An invoice is one order even when its rows are scattered over the file. The first pass remembers
only the row at which each invoice ends; the second holds just the invoices that are still open, so
that memory follows the number of invoices, never the number of rows.
"""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from webshop.retail_import.lines import COLUMNS, RawRow

_GZIP_MAGIC = b"\x1f\x8b"

#: A row over more lines is no description with a line break: it has swallowed other rows.
_MOST_LINES_IN_A_ROW = 10


class UnreadableFile(ValueError):
    """A file that cannot be imported as a whole; the message names it, the place and the cause."""


@dataclass(frozen=True)
class RetailFile:
    """A file that was read to its end once: how many data rows, and where each invoice ends."""

    path: Path
    rows: int
    last_row_of: dict[str, int]

    def invoices(self) -> Iterator[list[RawRow]]:
        """The rows of each invoice, in file order, as soon as the invoice is complete.

        Rows without an invoice number come one by one.
        """
        open_invoices: dict[str, list[RawRow]] = {}
        for row in _rows(self.path):
            if not row.invoice:
                yield [row]
                continue
            rows = open_invoices.setdefault(row.invoice, [])
            rows.append(row)
            if self.last_row_of[row.invoice] == row.number:
                yield open_invoices.pop(row.invoice)


def check_file(path: Path) -> RetailFile:
    """Read a file to its end, so that a damaged one is known before anything is written.

    Raises UnreadableFile: not there, not text, not the eight columns, or a truncated archive.
    """
    last_row_of: dict[str, int] = {}
    rows = 0
    for row in _rows(path):
        rows += 1
        if row.invoice:
            last_row_of[row.invoice] = row.number
    return RetailFile(path, rows, last_row_of)


def _rows(path: Path) -> Iterator[RawRow]:
    number = 0
    try:
        with _open_text(path) as file:
            reader = csv.reader(file)
            header = next(reader, None)
            if header is None:
                raise UnreadableFile(f"{path}: the file is empty; expected the header {_HEADER}.")
            found = [name.strip() for name in header]
            if sorted(found) != sorted(COLUMNS):
                raise UnreadableFile(
                    f"{path}: the header is {','.join(found)!r}; expected {_HEADER}."
                )
            order = [found.index(column) for column in COLUMNS]
            line = reader.line_num
            for number, fields in enumerate(reader, start=2):
                if reader.line_num - line > _MOST_LINES_IN_A_ROW:
                    raise UnreadableFile(
                        f"{path}: row {number} goes from line {line + 1} to {reader.line_num}:"
                        " a quote is never closed."
                    )
                line = reader.line_num
                if fields:
                    yield RawRow(number, _in_order(fields, order))
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"{path}: not UTF-8 text after row {number} ({error.reason})."
        ) from error
    except (OSError, EOFError, zlib.error, csv.Error) as error:
        cause = getattr(error, "strerror", None) or str(error)
        raise UnreadableFile(f"{path}: unreadable after row {number}: {cause}.") from error


_HEADER = ",".join(COLUMNS)


def _in_order(fields: list[str], order: list[int]) -> list[str]:
    """The stripped fields in the order of COLUMNS; a row of another width is left as it is."""
    if len(fields) != len(order):
        return [field.strip() for field in fields]
    return [fields[position].strip() for position in order]


@contextmanager
def _open_text(path: Path) -> Iterator[TextIO]:
    """Text of a csv or csv.gz file, distinguished by content; a byte-order mark is skipped."""
    with path.open("rb") as file:
        compressed = file.read(len(_GZIP_MAGIC)) == _GZIP_MAGIC
        file.seek(0)
        binary = gzip.GzipFile(fileobj=file) if compressed else file
        with io.TextIOWrapper(binary, encoding="utf-8-sig", newline="") as text:
            yield text
