"""A run sends its report once, however often it is tried, and a failed try is made good."""

import socket
import uuid
from datetime import date

import httpx
import pytest

from reporting.daily_report.delivery import deliver

pytestmark = pytest.mark.integration

#: A day of its own, so that the mails of other tests do not count.
DAY = date(1999, 12, 31)
MESSAGE_ID = f"<daily-report.{DAY.isoformat()}@"


def mails(inbox_url: str) -> int:
    inbox = httpx.get(f"{inbox_url}/api/email", timeout=10).raise_for_status().json()
    return sum(mail["headers"]["message-id"].startswith(MESSAGE_ID) for mail in inbox)


def nobody_listens_at() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_run_that_is_tried_again_sends_nothing_more(stack):
    settings = stack.settings
    before = mails(settings.inbox_url)
    run_id = f"manual__{uuid.uuid4()}"

    assert deliver(DAY, run_id, settings) is True
    assert deliver(DAY, run_id, settings) is False
    assert mails(settings.inbox_url) == before + 1

    assert deliver(DAY, f"{run_id}-again", settings) is True
    assert mails(settings.inbox_url) == before + 2


def test_a_report_that_could_not_be_handed_over_is_sent_by_the_next_try(stack):
    settings = stack.settings
    run_id = f"manual__{uuid.uuid4()}"
    before = mails(settings.inbox_url)
    no_server = settings.model_copy(update={"smtp_port": nobody_listens_at()})

    with pytest.raises(OSError, match="refused"):
        deliver(DAY, run_id, no_server)
    assert mails(settings.inbox_url) == before

    assert deliver(DAY, run_id, settings) is True
    assert mails(settings.inbox_url) == before + 1
