"""Who gets through to the routes of staff: functions for a blueprint's `before_request`."""

from webshop.api.access import require_role


def managers_only() -> None:
    """Let managers through, and admins. Raises what `require_role` raises for anybody else."""
    require_role("manager")


def admins_only() -> None:
    """Let admins through. Raises what `require_role` raises for anybody else."""
    require_role("admin")
