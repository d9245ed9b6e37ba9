"""Is this text honest? Claims about spine care, found, quoted, judged and explained."""

from spinesafe.claims.checker import Checker, built_in

__all__ = ["Checker", "built_in"]
