"""How much work something is, counted in calls and not in seconds: the same on a busy machine as on an idle one."""

import sys
from collections.abc import Callable


def steps(work: Callable[[], object]) -> int:
    """The number of calls that some work makes, those of the library's own functions and of built-in ones."""
    count = 0

    def seen(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def grows_in_proportion(read: Callable[[str], object], unit: str, *, length: int = 4_000, times: int = 5) -> bool:
    """Whether a text so many times as long takes about so many times the work. The first reading warms up what is kept."""
    read(unit * (length // len(unit)))
    short, long = (steps(lambda size=size: read(unit * (size // len(unit)))) for size in (length, length * times))  # type: ignore[misc]
    return long < 1.5 * times * short + 10_000
