"""Codes of authenticator apps and recovery codes, as RFC 6238 and people have them."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from pyotp import TOTP

from webshop.adapters.accounts.one_time_codes import OneTimeCodes
from webshop.domain.accounts.second_factor import (
    RECOVERY_CODES,
    code_hash,
    new_recovery_codes,
    normal_code,
)

#: The secret of RFC 6238's test vectors in Base32, and the last 6 of their 8 digits for SHA-1.
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RFC_VECTORS = {59: "287082", 1111111109: "081804", 1234567890: "005924", 20000000000: "353130"}


@pytest.fixture
def codes() -> OneTimeCodes:
    return OneTimeCodes(b"unit-test")


@pytest.mark.parametrize(("seconds", "code"), RFC_VECTORS.items())
def test_codes_are_those_of_the_standard(codes: OneTimeCodes, seconds: int, code: str) -> None:
    now = datetime.fromtimestamp(seconds, UTC)
    assert codes.step_of(RFC_SECRET, code, now) == seconds // 30
    assert codes.step_of(RFC_SECRET, f"{(int(code) + 1) % 10**6:06}", now) is None


def test_the_code_before_and_the_one_after_hold_and_no_others(
    codes: OneTimeCodes, now: datetime
) -> None:
    secret = codes.new_secret()
    code = TOTP(secret).at(now)
    held = [
        offset
        for offset in range(-90, 91, 30)
        if codes.step_of(secret, code, now + timedelta(seconds=offset)) is not None
    ]
    assert held == [-30, 0, 30]


def test_a_sealed_secret_opens_with_the_same_key_only(codes: OneTimeCodes) -> None:
    secret = codes.new_secret()
    sealed = codes.seal(secret)
    assert secret.encode() not in sealed
    assert OneTimeCodes(b"unit-test").open(sealed) == secret
    assert OneTimeCodes(b"another").open(sealed) is None


def test_an_app_reads_the_secret_from_the_address(codes: OneTimeCodes) -> None:
    secret = codes.new_secret()
    address = urlsplit(codes.address(secret, "zoe@example.org"))
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    params = parse_qs(address.query)
    assert (params["secret"], params["issuer"]) == ([secret], ["ShopNow+"])


def test_recovery_codes_are_different_and_forgive_how_they_are_typed() -> None:
    found = new_recovery_codes()
    assert len(set(found)) == RECOVERY_CODES
    assert all(re.fullmatch(r"([2-9a-km-z]{4}-){3}[2-9a-km-z]{4}", each) for each in found)
    typed = f" {found[0].upper().replace('-', ' ')} "
    assert normal_code(typed) == found[0].replace("-", "")
    assert code_hash(typed) == code_hash(found[0]) != code_hash(found[1])
