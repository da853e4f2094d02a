"""Decision records have their headings, a status and a date, and are in the index."""

import re

import pytest

from shopnow.settings import REPO_ROOT

FOLDER = REPO_ROOT / "docs" / "adr"
RECORDS = sorted(FOLDER.glob("[0-9][0-9]-*.md"))
STATUS = r"proposed|accepted|superseded by \d+"


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.stem)
def test_a_record_follows_the_template(record):
    text = record.read_text()
    assert re.match(rf"# .+\n\n- Status: ({STATUS})\n- Date: \d{{4}}-\d\d-\d\d\n", text)
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings in (["Context", "Decision", "Consequences"], ["Context", "Decision"])


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.stem)
def test_a_record_is_in_the_index(record):
    text = record.read_text()
    [title] = re.findall(r"\A# (.+)$", text, re.MULTILINE)
    [(status, date)] = re.findall(r"^- Status: (.+)\n- Date: (.+)$", text, re.MULTILINE)
    row = f"| {int(record.stem[:2])} | [{title}]({record.name}) | {status} | {date} |"
    assert row in (FOLDER / "README.md").read_text().splitlines()


def test_numbers_are_unique():
    numbers = [record.stem[:2] for record in RECORDS]
    assert len(numbers) == len(set(numbers))
