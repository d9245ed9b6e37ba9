"""The command line: thin commands over the library."""

from spinesafe.interfaces.cli.main import main

__all__ = ["main"]
