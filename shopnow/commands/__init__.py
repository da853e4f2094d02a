"""The subcommands of `shopnow`, one module each; shopnow/cli.py lists them."""
