"""What the room shows to others."""

import doctest

import spinesafe.language


def test_the_example_of_the_room_runs() -> None:
    assert doctest.testmod(spinesafe.language).failed == 0


def test_every_export_is_there() -> None:
    assert all(hasattr(spinesafe.language, name) for name in spinesafe.language.__all__)
    assert list(spinesafe.language.__all__) == sorted(spinesafe.language.__all__)
