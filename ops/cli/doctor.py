"""`shopnow doctor`: is this machine fit for the stack?"""

import typer
from rich.console import Console


def doctor() -> None:
    """Check Python, Java, Node, memory, disk and ports; exit 1 when something is in the way."""
    from ops.bootstrap import preflight
    from ops.bootstrap.node import NEEDED_NODE, find_node
    from ops.local_stack import lifecycle
    from ops.local_stack.layout import Layout
    from ops.local_stack.supervisor import Supervisor

    settings = lifecycle.load_settings()
    running = {
        name for name, info in Supervisor(Layout(settings.home)).all_info().items() if info["pid"]
    }
    node = find_node()
    checks = [
        preflight.check_python(),
        preflight.check_java(),
        preflight.Check(
            "Node.js",
            str(node or "none"),
            None
            if node
            else f"Node.js {'.'.join(map(str, NEEDED_NODE))} or newer is missing. Run: make setup",
        ),
        preflight.check_disk(settings.home),
    ]
    if not running:
        checks.append(preflight.check_memory())
    stopped = [name for name in preflight.SERVICE_PORTS if name not in running]
    checks += preflight.check_ports(settings.port_offset, stopped, settings.host)
    console = Console()
    for check in checks:
        mark = "[red]✗[/]" if check.problem else "[green]✓[/]"
        console.print(f"{mark} {check.name:<32} {check.problem or check.found}", highlight=False)
    if running:
        console.print(
            f"  The stack runs ({len(running)} services): their ports are as they should."
        )
    if any(check.problem for check in checks):
        raise typer.Exit(1)
