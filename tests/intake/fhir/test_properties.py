"""What holds of every record, whatever is in it."""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from spinesafe.intake import IntakeError
from spinesafe.model.fact import Answer, Members, Value
from spinesafe.rulebase import load
from tests.intake.fhir.records import (
    ICD10CM,
    SNOMED,
    TODAY,
    Json,
    asked,
    bundle,
    coded,
    condition,
    observation,
    observed,
    own,
    patient,
    read,
    readings,
)

RULEBASE = load()
CODES = sorted({(system, code) for d in RULEBASE.conditions.values() for system, code in ((ICD10CM, c) for c in d.codes.icd10cm)}) + [
    (SNOMED, code) for d in RULEBASE.conditions.values() for code in d.codes.snomed
]
BOOLEANS = sorted(f.id for f in RULEBASE.findings.values() if f.kind == "boolean")
CHOICES = sorted((f.id, m.id) for f in RULEBASE.findings.values() if f.kind == "choice" for m in f.members)
DAYS = st.sampled_from(["", "2026-11-24", "2026-11-24T08:00:00Z", "2026-11-20", "2026-08-01", "2019", "2127-01-01", "soon"])


@st.composite
def records(draw: st.DrawFn) -> list[Json]:
    """Some resources of one person, as many systems would write them."""

    def one(name: str) -> Json:
        match draw(st.integers(0, 4)):
            case 0:
                system, code = draw(st.sampled_from(CODES))
                clinical = draw(st.sampled_from(["active", "resolved", "", "relapse"]))
                verified = draw(st.sampled_from(["confirmed", "provisional", "refuted", ""]))
                return condition(coded(system, code), name, clinical=clinical, verified=verified, onsetDateTime=draw(DAYS))
            case 1:
                return observed(draw(st.sampled_from(BOOLEANS)), name, at=draw(DAYS), valueBoolean=draw(st.booleans()))
            case 2:
                finding, member = draw(st.sampled_from(CHOICES))
                return observed(finding, name, at=draw(DAYS), valueCodeableConcept=own(member))
            case 3:
                finding, member = draw(st.sampled_from(CHOICES))
                answers = {finding: member, draw(st.sampled_from(BOOLEANS)): draw(st.booleans())}
                return asked(answers, name, authored=draw(DAYS))
        return observation(coded("http://loinc.org", "72514-3"), name, at=draw(DAYS), valueQuantity={"value": draw(st.integers(-1, 11))})

    return [one(f"r{number}") for number in range(draw(st.integers(0, 6)))]


@given(records(), st.randoms(use_true_random=False))
def test_the_order_of_a_record_does_not_matter(record: list[Json], random: Any) -> None:
    shuffled = list(record)
    random.shuffle(shuffled)
    assert readings(bundle(patient(), *record)) == readings(bundle(*shuffled, patient()))


@given(records())
def test_what_is_said_twice_says_no_more(record: list[Json]) -> None:
    again = [resource | {"id": f"{resource['id']}x"} for resource in record]
    assert _values(read(*record).facts) == _values(read(*record, *again).facts)


@given(records())
def test_a_display_text_never_changes_a_fact(record: list[Json]) -> None:
    told = json.loads(json.dumps(record))
    for part in _parts(told):
        if "code" in part and not isinstance(part["code"], dict):
            part["display"] = "Cauda equina syndrome"
        if "coding" in part:
            part["text"] = "saddle numbness, cancer, G83.4"
    assert read(*record) == read(*told)


@given(records())
def test_facts_are_values_of_their_findings_and_every_reason_is_a_sentence(record: list[Json]) -> None:
    reading = read(*record)
    for finding, fact in reading.facts.items():
        members = RULEBASE.members[finding]
        match fact.value:
            case Members(present, absent):
                assert present | absent <= set(members)
                assert not present & absent
            case str():
                assert fact.value in members
            case bool():
                assert RULEBASE.findings[finding].kind == "boolean"
            case float():
                assert RULEBASE.findings[finding].kind == "number"
            case _:
                assert isinstance(fact.value, Answer)
    for item in (*reading.ignored, *reading.warnings):
        text = RULEBASE.sentences[item.why]
        assert text.en.format(**item.details)
        assert text.zh.format(**item.details)


@given(records())
def test_nothing_is_dropped_without_a_word(record: list[Json]) -> None:
    reading = read(*record)
    told = {place for item in (*reading.read, *reading.ignored, *reading.warnings) for place in [item.where.split(".")[0]]}
    counted = sum(int(item.details.get("count", "1")) for item in (*reading.ignored, *reading.warnings))
    silent = [r for r in record if f"{r['resourceType']}/{r['id']}" not in told]
    assert len(silent) <= counted


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(records().filter(bool), st.data())
def test_no_field_of_any_shape_is_a_crash(record: list[Json], data: st.DataObject) -> None:
    part = data.draw(st.sampled_from([p for p in _parts(record) if p]))
    part[data.draw(st.sampled_from(sorted(part)))] = data.draw(JSON)
    assert _faults(bundle(patient(), *record)) <= set(RULEBASE.faults)


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode) | JSON.map(lambda value: json.dumps(value).encode()))
def test_no_bytes_are_a_crash(data: bytes) -> None:
    assert _faults(data) <= set(RULEBASE.faults)


@given(records(), records())
def test_one_person_never_changes_another(mine: list[Json], theirs: list[Json]) -> None:
    elsewhere = [r | {"subject": {"reference": "Patient/z"}, "id": f"z{r['id']}"} for r in theirs]
    alone = read(*mine)
    together, _ = readings(bundle(patient(), *mine, patient("z"), *elsewhere))
    assert together == alone


@given(st.sampled_from(CODES), st.dates(TODAY.replace(year=1950), TODAY))
def test_a_danger_on_record_is_never_read_as_its_absence(coding: tuple[str, str], onset: object) -> None:
    reading = read(condition(coded(*coding), onsetDateTime=str(onset)))
    for fact in reading.facts.values():
        assert fact.value is not False
        assert not (isinstance(fact.value, Members) and fact.value.absent)


def _faults(data: bytes) -> set[str]:
    try:
        readings(data)
    except IntakeError as error:
        return {fault.code for fault in error.faults}
    return set()


def _values(facts: Any) -> dict[str, Value]:
    return {finding: fact.value for finding, fact in facts.items()}


def _parts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from _parts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _parts(part)
