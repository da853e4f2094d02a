"""Role checks of the staff routes: functions for a blueprint's `before_request`."""

from collections.abc import Callable
from typing import Any, TypeVar

from webshop.api.http.access import require_role
from webshop.api.http.openapi import SESSION, refusals, secured
from webshop.domain.errors import LoginRequired, RoleMissing, SecondFactorMissing

View = TypeVar("View", bound=Callable[..., Any])


def managers_only() -> None:
    """Require the role manager or admin. Raises what `require_role` raises."""
    require_role("manager")


def admins_only() -> None:
    """Require the role admin. Raises what `require_role` raises."""
    require_role("admin")


def for_staff(view: View) -> View:
    """Note that a view needs a session of staff; the checking is its blueprint's."""
    noted: Any = secured(view, SESSION)
    responses = noted._spec.get("responses", {})
    noted._spec["responses"] = refusals(LoginRequired, RoleMissing, SecondFactorMissing) | responses
    return view
