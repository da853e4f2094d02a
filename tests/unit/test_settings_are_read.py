"""Every setting does something: code outside its own definition, or a template, reads it."""

import ast
from collections.abc import Iterator

import pytest
from jinja2 import Environment, meta

from ops.local_stack.layout import TEMPLATES
from shopnow.settings import REPO_ROOT, Settings

PARTS = ("shopnow", "webshop", "spark_jobs", "reporting", "ops", "dags", "plugins")


def trees() -> Iterator[ast.Module]:
    for part in PARTS:
        for path in sorted((REPO_ROOT / part).rglob("*.py")):
            if "node_modules" not in path.parts:
                yield ast.parse(path.read_text(), str(path))


def is_settings(node: ast.expr, names: set[str]) -> bool:
    """Whether an expression is settings: by its last name, its annotation or `get_settings()`."""
    match node:
        case ast.Name(id=name):
            return name in names
        case ast.Attribute(attr=name):
            return name.strip("_") == "settings"
        case ast.Call(func=ast.Name(id=name)):
            return name in {"get_settings", "Settings"}
    return False


def names_of_settings(tree: ast.AST) -> set[str]:
    """The variables and parameters of a module that hold settings."""
    names = {"settings"}
    for node in ast.walk(tree):
        match node:
            case ast.arg(arg=name, annotation=ast.Name(id="Settings")):
                names.add(name)
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if is_settings(value, set()):
                names.add(name)
    return names


def read_outside(tree: ast.AST) -> set[str]:
    """The attributes of settings that a module reads."""
    names = names_of_settings(tree)
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Load)
        and is_settings(node.value, names)
    }


def read_inside(definition: ast.ClassDef) -> dict[str, set[str]]:
    """For each member of `Settings`, the settings that it is made from.

    A validator makes the fields that it assigns; a field is not made from itself.
    """
    made: dict[str, set[str]] = {}
    for function in definition.body:
        if not isinstance(function, ast.FunctionDef):
            continue
        for statement in function.body:
            target = function.name
            match statement:
                case ast.Assign(targets=[ast.Attribute(attr=name)]):
                    target = name
            loads = {
                node.attr
                for node in ast.walk(statement)
                if isinstance(node, ast.Attribute)
                and isinstance(node.ctx, ast.Load)
                and isinstance(node.value, ast.Name)
                and node.value.id == "self"
            }
            made.setdefault(target, set()).update(loads - {target})
    return made


def read_by_templates() -> set[str]:
    """The variables of the servers' configuration templates."""
    parser = Environment(autoescape=False)  # noqa: S701 - nothing is rendered
    parsed = (parser.parse(path.read_text()) for path in TEMPLATES.rglob("*.j2"))
    return set().union(*map(meta.find_undeclared_variables, parsed))


def unread(fields: set[str], modules: list[ast.Module], also_read: set[str]) -> set[str]:
    """The fields that nobody reads, be it by way of another member that somebody reads."""
    made: dict[str, set[str]] = {}
    for tree in modules:
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and node.name == "Settings":
                made |= read_inside(node)
    waiting = list(also_read.union(*map(read_outside, modules)))
    read: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in read:
            read.add(name)
            waiting += made.get(name, ())
    return fields - read


def test_code_reads_every_setting() -> None:
    assert unread(set(Settings.model_fields), list(trees()), read_by_templates()) == set()


@pytest.mark.parametrize(
    "code",
    [
        "class Settings:\n    wait_s = 1",
        "class Settings:\n    def _derive(self):\n        self.wait_s = self.wait_s or 3",
        "class Settings:\n    @property\n    def wait(self):\n        return self.wait_s * 2",
        "def run(settings):\n    settings.wait_s = 3",
        "def run(order):\n    return order.wait_s",
    ],
    ids=["declared", "derived from itself", "in an unread property", "written", "another thing's"],
)
def test_a_setting_that_nobody_reads_is_found(code: str) -> None:
    assert unread({"wait_s"}, [ast.parse(code)], set()) == {"wait_s"}


@pytest.mark.parametrize(
    "code",
    [
        "def run(settings):\n    return settings.wait_s",
        "def run(found: Settings):\n    return found.wait_s",
        "found = get_settings()\nprint(found.wait_s)",
        "class Shop:\n    def run(self):\n        return self._settings.wait_s",
        "class Settings:\n    @property\n    def wait(self):\n        return self.wait_s\n"
        "print(get_settings().wait)",
    ],
)
def test_a_setting_that_is_read_is_not(code: str) -> None:
    assert unread({"wait_s"}, [ast.parse(code)], set()) == set()
