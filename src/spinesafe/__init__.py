"""Screening of spines: whether hands may be laid on one today, where the person should go, and how fast.

The decision supports people and makes no diagnosis. It is not clinically validated.
"""

from typing import TYPE_CHECKING

from spinesafe.version import __version__

__all__ = ["__version__", "check_claims", "find_term", "screen", "screen_record", "screen_text"]

if TYPE_CHECKING:
    from spinesafe.interfaces.library import check_claims, find_term, screen, screen_record, screen_text


def __getattr__(name: str) -> object:
    """The library's functions, imported when they are first asked for, so that `spinesafe --help` is quick."""
    if name in {"check_claims", "find_term", "screen", "screen_record", "screen_text"}:
        from spinesafe.interfaces import library

        return getattr(library, name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
