"""The terms of the built-in rule base, made once in a process."""

from functools import cache

from spinesafe.backends.proofs import World
from spinesafe.rulebase import load


@cache
def built_in_world() -> World:
    """Everybody, under the built-in knowledge."""
    return World(load())
