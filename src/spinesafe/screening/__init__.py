"""Facts to an `Assessment`: decide, route, explain, ask."""

from spinesafe.screening.screen import Screener, built_in

__all__ = ["Screener", "built_in"]
