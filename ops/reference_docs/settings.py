"""docs/generated/settings.md: every setting, from the fields of `Settings`."""

from pathlib import Path
from typing import Any

from ops.reference_docs.markdown import generated, table
from shopnow.ports import BASE_PORTS, SERVICE_PORTS
from shopnow.settings import SECRET_NAMES, Settings

_INTRO = """A setting is an environment variable, or a line of `SHOPNOW_HOME/settings.env` (mode
0600); the environment wins. The first start writes that file with generated secrets; add any other
line to it. `SHOPNOW_HOME` itself is an environment variable only.
"""


def settings_page() -> str:
    """The page as Markdown, with the defaults of an unconfigured machine."""
    fields = Settings.model_fields
    defaults: dict[str, Any] = {name: field.get_default() for name, field in fields.items()}
    # What is passed wins over the environment: the page is the same on every machine.
    derived = Settings(_env_file=None, **{**defaults, "home": Path(".shopnow")})
    rows = []
    for name, field in fields.items():
        if name in SECRET_NAMES:
            default = "generated"
        elif name == "home":
            default = "`.shopnow` in the checkout"
        else:
            value = getattr(derived, name)
            default = f"`{','.join(value) if isinstance(value, list) else value}`"
        rows.append([f"`SHOPNOW_{name.upper()}`", default, field.description or ""])
    return "\n".join(
        [
            generated("Settings", "shopnow/settings.py and shopnow/ports.py", _INTRO),
            "## Variables\n",
            table(["Variable", "Default", "Meaning"], rows),
            "## Ports\n",
            "Each plus `SHOPNOW_PORT_OFFSET`, all on `SHOPNOW_HOST`.\n",
            table(
                ["Service", "Ports"],
                (
                    [f"`{service}`", ", ".join(f"{BASE_PORTS[name]} ({name})" for name in names)]
                    for service, names in SERVICE_PORTS.items()
                ),
            ),
        ]
    )
