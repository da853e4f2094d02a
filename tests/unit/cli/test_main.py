"""The command line itself, whatever the command."""

import socket
import sys

import pytest

from ops.cli import main


def test_no_command_waits_for_ever_for_a_server_that_hangs(monkeypatch, capsys):
    before = socket.getdefaulttimeout()
    monkeypatch.setattr(sys, "argv", ["shopnow", "--help"])
    try:
        with pytest.raises(SystemExit):
            main()
        assert socket.getdefaulttimeout() is not None
    finally:
        socket.setdefaulttimeout(before)
