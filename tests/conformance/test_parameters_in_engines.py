"""What an engine makes of a parameter that is not passed: why every one of ours has a default, and should be passed all the same."""

from typing import Any

from spinesafe.backends.exports.cql import AT_LEAST, written
from spinesafe.backends.exports.elm import elm_library
from spinesafe.backends.exports.logic import Definition, Logic
from spinesafe.backends.exports.terms import Both, Known, Opposite, Several
from spinesafe.rulebase.parameters import Parameter
from tests.conformance.node_process import run_elm, translated

A = Parameter("a", "Boolean", "a", None)
LOGIC = Logic(
    (A,),
    (
        Definition("a and a", Both((Known("a"), Known("a")))),
        Definition("not a", Opposite(Known("a"))),
        Definition("one", Several(1, (Known("a"),))),
    ),
)
NAMES = [definition.name for definition in LOGIC.definitions]


def library(*, default: bool) -> Any:
    elm = elm_library(LOGIC, "1")
    if not default:
        (parameter,) = elm["library"]["parameters"]["def"]
        del parameter["default"]
    return elm


def test_in_this_engine_a_parameter_that_is_left_out_and_has_no_default_acts_as_true() -> None:
    assert run_elm(library(default=False), NAMES, [{}], cores=1).values == [[True, False, None]]


def test_ours_have_a_default_so_that_one_left_out_is_not_known() -> None:
    assert run_elm(library(default=True), NAMES, [{}, {"a": None}], cores=1).values == [[None, None, None]] * 2


def test_a_parameter_that_is_passed_counts_as_it_is() -> None:
    assert run_elm(library(default=True), NAMES, [{"a": True}, {"a": False}]).values == [[True, False, True], [False, True, False]]


def test_equal_parts_count_each() -> None:
    """A query drops what it has had before, and a count passes over nulls: both would make three signs one."""
    twice = Several(2, (Known("a"), Known("a")))
    text = f'library T using FHIR version \'4.0.1\' parameter "a" Boolean context Patient\n{AT_LEAST}\ndefine "two": {written(twice)}'
    for elm in (elm_library(Logic((A,), (Definition("two", twice),)), "1"), translated(text)):
        assert run_elm(elm, ["two"], [{"a": True}, {"a": None}, {"a": False}], cores=1).values == [[True], [None], [False]]
