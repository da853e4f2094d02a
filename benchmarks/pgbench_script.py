"""A pgbench script from captured SQL: the same statements with fresh values in each transaction.

What varies is found by comparing captures of the same thing done several times with other data.
A value that stays the same becomes a bound constant. One that varies is followed back: to what
the script was given for it (`Given`), to a column that an earlier statement answered with (plus a
constant), or else it is new each time: an id, a moment, a name. The same value in several places
stays the same value in all of them, and in the JSON of events as well.
"""

import json
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import permutations
from typing import Any

from psycopg.adapt import PyFormat, Transformer
from psycopg.types.json import Json, Jsonb

from benchmarks.captured_sql import Statement, Transaction
from webshop.adapters.json_rows import to_json

Values = tuple[Any, ...]
#: Texts that vary and are known: what each capture held → the SQL expression to put there.
Given = Mapping[tuple[str, ...], str]

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
#: Unique for each transaction of a pgbench run: `tag` and `n` are variables of the script.
_SERIAL = ":tag::text || '.' || :client_id::text || '.' || :n::text"


class UnexplainedValue(RuntimeError):
    """A value varies between captures without an explanation."""


@dataclass
class _Answer:
    """A single row that a statement answers with, by column and then by capture."""

    prefix: str
    columns: dict[str, tuple[str | None, ...]]
    used: bool = False


@dataclass
class _Line:
    """One line; its answer is kept in variables if a later statement needs them."""

    text: str
    answer: _Answer | None = None

    def __str__(self) -> str:
        if self.answer is not None and self.answer.used:
            return f"{self.text.removesuffix(';')} \\gset {self.answer.prefix}"
        return self.text


@dataclass
class Script:
    """One pgbench script; `constants` are the variables that it needs, by value."""

    lines: list[_Line] = field(default_factory=list)
    constants: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The script as pgbench reads it."""
        return "".join(f"{line}\n" for line in self.lines)

    @property
    def statements(self) -> int:
        """Statements that it sends, BEGIN and COMMIT among them."""
        return sum(not line.text.startswith("\\") for line in self.lines)

    def add(self, *texts: str) -> None:
        """Add lines."""
        self.lines += [_Line(text) for text in texts]


class ScriptWriter:
    """Writes scripts from captures; values that occur in several scripts are the same in all."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._new: dict[tuple[str, ...], str] = {}
        self._answers: list[_Answer] = []
        self._script = Script()

    def write(self, captures: Sequence[Sequence[Transaction]], *, before: Sequence[str]) -> Script:
        """The script of these captures. Raises UnexplainedValue.

        `before` are the pgbench commands at its head, which set the variables of `Given`.
        """
        self._script, self._answers = Script(), []
        self._script.add(*before)
        for transactions in zip(*captures, strict=True):
            self._script.add("BEGIN;")
            for statements in zip(*transactions, strict=True):
                self._statement(statements)
            self._script.add("COMMIT;")
        return self._script

    def _statement(self, statements: Sequence[Statement]) -> None:
        first = statements[0]
        if len({(s.sql, len(s.parameters)) for s in statements}) > 1:
            raise UnexplainedValue(f"captures differ in their statements: {first.sql[:200]}")
        sets = zip(*(s.parameters for s in statements), strict=True)
        texts = [self._bound(first.sql, each) for each in sets]
        if len(texts) > 1:  # psycopg sends these without waiting for each answer
            self._script.add("\\startpipeline", *(f"{text};" for text in texts), "\\endpipeline")
            return
        columns = set(first.row).intersection(*(s.row for s in statements))
        number = len(self._answers)
        answer = _Answer(
            f"r{number}_", {c: tuple(s.row[c] for s in statements) for c in sorted(columns)}
        )
        self._answers.append(answer)
        self._script.lines.append(_Line(f"{texts[0]};", answer if columns else None))

    def _bound(self, sql: str, sets: Sequence[Mapping[str, Any]]) -> str:
        def expression(match: re.Match[str]) -> str:
            return self._expression(tuple(each[match[1]] for each in sets))

        return " ".join(_PLACEHOLDER.sub(expression, sql).replace("%%", "%").split())

    def _expression(self, values: Values) -> str:
        if isinstance(values[0], Json | Jsonb):
            kind = "jsonb" if isinstance(values[0], Jsonb) else "json"
            sent = tuple(json.loads(to_json(value.obj)) for value in values)
            return f"{self._json(sent)}::{kind}"
        if isinstance(values[0], list):
            items = zip(*values, strict=True)
            return f"ARRAY[{', '.join(self._expression(each) for each in items)}]"
        if len(set(values)) == 1:
            return self._constant(values[0])
        known = tuple(str(value) for value in values)
        found = self._given.get(known) or self._new.get(known) or self._answered(known)
        if found is None and all(type(value) is int for value in values):
            found = self._counted(values)
        if found is None:
            found = self._new.setdefault(known, self._fresh(values))
        return f"({found}::uuid)" if isinstance(values[0], uuid.UUID) else f"({found})"

    def _constant(self, value: Any) -> str:
        if value is None:
            return "NULL"
        dumper = Transformer().get_dumper(value, PyFormat.TEXT)
        text = bytes(dumper.dump(value) or b"").decode()
        constants = self._script.constants
        return ":" + constants.setdefault(text, f"k{len(constants)}")

    def _answered(self, values: tuple[str, ...]) -> str | None:
        for answer in reversed(self._answers):
            for column, answered in answer.columns.items():
                if answered == values:
                    answer.used = True
                    return f":{answer.prefix}{column}::text"
        return None

    def _counted(self, values: Values) -> str | None:
        """An integer as an earlier answer plus a constant, or as a difference of two of them."""
        for answer in reversed(self._answers):
            columns = {
                name: [int(str(value)) for value in column]
                for name, column in answer.columns.items()
                if all(re.fullmatch(r"-?\d{1,9}", str(value)) for value in column)
            }
            sums = [(f":{answer.prefix}{name}::int", column) for name, column in columns.items()]
            sums += [
                (
                    f":{answer.prefix}{one}::int - :{answer.prefix}{two}::int",
                    [a - b for a, b in zip(columns[one], columns[two], strict=True)],
                )
                for one, two in permutations(columns, 2)
            ]
            for text, column in sums:
                rests = {value - part for value, part in zip(values, column, strict=True)}
                if len(rests) == 1:
                    answer.used = True
                    return f"{text} + ({rests.pop()})"
        return None

    def _fresh(self, values: Values) -> str:
        if all(isinstance(value, datetime) for value in values):
            return "clock_timestamp()" + _since_now(values[0])
        if not all(isinstance(value, str | uuid.UUID) for value in values):
            raise UnexplainedValue(f"nothing explains these values: {values}")
        serial = f"{_SERIAL} || '.{len(self._new)}'"
        if all(_is_uuid(str(value)) for value in values):
            return f"md5({serial})::uuid::text"
        if all(_is_moment(str(value)) for value in values):
            moment = f"(clock_timestamp(){_since_now(datetime.fromisoformat(values[0]))})"
            shape = self._constant('YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
            return f"to_char({moment} AT TIME ZONE 'UTC', {shape}::text)"
        return serial

    def _json(self, values: Values) -> str:
        arguments: list[str] = []
        template = self._template(values, arguments)
        return f"format({', '.join([self._constant(template) + '::text', *arguments])})"

    def _template(self, values: Values, arguments: list[str]) -> str:
        first = values[0]
        if all(value == first for value in values):
            return json.dumps(first, ensure_ascii=False).replace("%", "%%")
        if isinstance(first, dict) and all(value.keys() == first.keys() for value in values):
            members = (
                f"{json.dumps(key)}: {self._template(tuple(v[key] for v in values), arguments)}"
                for key in first
            )
            return "{" + ", ".join(members) + "}"
        if isinstance(first, list) and all(len(value) == len(first) for value in values):
            items = (self._template(each, arguments) for each in zip(*values, strict=True))
            return "[" + ", ".join(items) + "]"
        arguments.append(self._expression(values))
        return '"%s"' if isinstance(first, str) else "%s"


def _is_uuid(text: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text) is not None


def _is_moment(text: str) -> bool:
    return re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", text) is not None


def _since_now(moment: datetime) -> str:
    """How far a captured moment lay ahead: captures are some seconds old, terms are minutes."""
    ahead = (moment - datetime.now(moment.tzinfo)).total_seconds()
    return f" + interval '{ahead:.0f} seconds'" if ahead > 30 else ""
