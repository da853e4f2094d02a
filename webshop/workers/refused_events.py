"""`shopnow list-refused` and `shopnow publish-refused`: events that Kafka refused for good."""

import json as json_format
from datetime import UTC
from typing import Annotated

import typer

_DATABASE_UNAVAILABLE = "PostgreSQL: {}\nIs the stack up? shopnow status"
_LARGEST_SEQ = 2**63 - 1


def list_refused(
    json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """List the shop's events that Kafka refused for good: what they are, and the cause.

    They are set aside in shop.outbox_refused, and the events after them were published. Once the
    cause is gone: shopnow publish-refused.
    """
    import psycopg

    from shopnow.settings import get_settings
    from webshop.adapters.messaging.outbox import refused_events

    try:
        with psycopg.connect(get_settings().shop_pg_dsn, connect_timeout=5) as connection:
            found = refused_events(connection)
    except psycopg.Error as error:
        typer.echo(_DATABASE_UNAVAILABLE.format(str(error).strip()), err=True)
        raise typer.Exit(1) from error
    if json:
        rows = [event._asdict() | {"refused_at": event.refused_at.isoformat()} for event in found]
        typer.echo(json_format.dumps(rows, indent=2))
        return
    if not found:
        typer.echo("Kafka has refused no event.")
        return
    # A line an event, whatever the width of the terminal: for grep and for the eye.
    for event in found:
        typer.echo(
            f"seq {event.seq}, {event.type} of {event.key} for {event.topic}, refused"
            f" {event.refused_at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC: {event.cause}"
        )


def publish_refused(
    seqs: Annotated[
        list[int] | None,
        typer.Argument(
            metavar="SEQ", min=1, max=_LARGEST_SEQ, help="Numbers of `shopnow list-refused`."
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All that were refused.")] = False,
) -> None:
    """Put refused events back into the relay's queue, once the cause is gone.

    They keep their event ids, so doing it twice does no harm. What Kafka refuses again is set aside
    again.
    """
    import psycopg

    from shopnow.settings import get_settings
    from webshop.adapters.messaging.outbox import queue_refused, unknown_seqs

    if bool(seqs) == everything:
        raise typer.BadParameter("Name the events by seq, or give --all.")
    try:
        with psycopg.connect(get_settings().shop_pg_dsn, connect_timeout=5) as connection:
            unknown = unknown_seqs(connection, seqs or [])
            if unknown:
                listed = ", ".join(map(str, unknown))
                typer.echo(f"There is no event with seq {listed}. Nothing was changed.", err=True)
                raise typer.Exit(1)
            queued = queue_refused(connection, seqs)
    except psycopg.Error as error:
        typer.echo(_DATABASE_UNAVAILABLE.format(str(error).strip()), err=True)
        raise typer.Exit(1) from error
    typer.echo(f"{len(queued)} events are in the relay's queue again.")
    others = sorted(set(seqs or ()) - set(queued))
    if others:
        typer.echo(f"Not refused, so left as they are: {', '.join(map(str, others))}.")
