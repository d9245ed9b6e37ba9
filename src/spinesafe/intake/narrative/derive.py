"""What follows from several things told: the age, the diagnoses, whether something has changed since."""

from collections.abc import Iterator, Sequence

from spinesafe.intake.narrative.ages import ages
from spinesafe.intake.narrative.conditions import NOT_SPINAL, Named
from spinesafe.intake.narrative.passage import NOTE, Passage
from spinesafe.intake.narrative.resolve import undated
from spinesafe.intake.narrative.told import Told
from spinesafe.language.reading import Mention, Quantity
from spinesafe.model.fact import Answer, Members, Value
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.expression import Has, atoms_of
from spinesafe.rulebase.names import DIAGNOSES

TIMES = frozenset({"ago", "lasting", "since", "on"})
INJURY = "trauma"
SELF = ("self_diagnosis", "unlicensed_person")
NG65 = (
    "second_half_night", "alternating_buttock", "better_moving", "nsaid_helps", "enthesitis", "psoriasis", "arthritis_words",
)  # fmt: skip
"""Criteria of NG65 by the concepts that tell them; the onset before 35 and a relative who has it are counted apart."""
NG65_EARLY = 35
DAYS_IN_YEAR = 365
FIRST_DEGREE = frozenset({"mother", "father", "sibling", "child"})


class Deriver:
    """Facts that no single saying tells."""

    def __init__(self, rulebase: RuleBase) -> None:
        self.rulebase = rulebase
        self.limits = {limit.id: limit.value for limit in rulebase.narrative.limits.values()}
        self.changes = rulebase.narrative.changes
        self.lasting = {
            a.member for a in atoms_of(rulebase.expressions["d_old_stable_neuro"]) if isinstance(a, Has) and a.finding == DIAGNOSES
        }
        self.symptoms = {c.id for c in rulebase.conditions.values() if c.id in {"neck_pain", "nonspecific_low_back_pain"}}

    def told(self, passage: Passage, named: Sequence[Named], told: Sequence[Told]) -> Iterator[Told]:
        """What follows, as if it were told."""
        yield from self._age(passage)
        yield from self._fever(passage)
        yield from self._blood(passage)
        yield from self._diagnoses(passage, named, told)
        yield from self._episode(told)
        yield from self._changed(told, named)
        yield from self._inflammatory(passage, told)
        yield from self._operated(told)
        for finding in undated(told):
            yield _of(finding, Answer.DONT_KNOW, next(one for one in told if one.finding == finding), "undated")

    def _age(self, passage: Passage) -> Iterator[Told]:
        """The first age of a person's own."""
        age = next(ages(passage), None)
        if age is not None:
            yield Told(
                finding="age_years",
                value=age.years,
                context="present",
                start=age.start,
                end=age.end,
                quote=passage.read.text[age.start : age.end],
                saying="age",
            )

    def _fever(self, passage: Passage) -> Iterator[Told]:
        for quantity in passage.read.quantities:
            if quantity.kind == "temperature" and (quantity.value or 0) >= self.limits["fever_from"]:
                yield _by(quantity, "fever_or_chills", True, "temperature")  # noqa: FBT003 - the value of a fact

    def _blood(self, passage: Passage) -> Iterator[Told]:
        for quantity in passage.read.quantities:
            if quantity.kind in {"crp", "esr"} and (quantity.value or 0) >= self.limits[f"{quantity.kind}_from"]:
                yield _by(quantity, "blood_red_flags", Members(frozenset({"raised_esr_or_crp"})), quantity.kind)

    def _diagnoses(self, passage: Passage, named: Sequence[Named], told: Sequence[Told]) -> Iterator[Told]:
        """Conditions that the person has; a symptom's name and one's own guess are none."""
        by_clinician = NOTE in passage.affirmed
        healed = any(other.finding == "fracture_status" and other.value == "healed_cleared" for other in told)
        for one in named:
            condition = self.rulebase.conditions[one.condition]
            sentence = passage.sentences[one.mention.sentence].affirmed
            guess = any(concept in sentence for concept in SELF) and not by_clinician and "doctor" not in sentence
            suspected = one.context == "possible" and by_clinician and condition.setting == "emergency_department"
            if condition.group == NOT_SPINAL and one.context != "present":
                continue
            if one.condition in self.symptoms and not (
                "ordinary_result" in sentence or "diagnosed_word" in sentence or "dx_heading" in sentence
            ):
                continue
            days = _days_of(one, passage)
            if one.condition in self.lasting and days is not None and days > self.limits["deficit_is_old"]:
                yield _named(one, float(days), "deficit_onset_days")
                yield _named(one, "confirmed", "diagnosis_status")
                yield _named(one, "licensed_doctor", "diagnosed_by")
            elif condition.group == INJURY and one.context == "historical":
                if days is None or days > self.limits["injury_is_past"]:
                    yield _named(one, None)
                    continue
                if not healed:
                    yield _named(one, "confirmed_not_healed", "fracture_status")
            if one.context == "denied":
                yield _named(one, Members(absent=frozenset({one.condition})))
            elif (one.context in {"present", "historical", "planned"} and not guess) or suspected:
                yield _named(one, Members(frozenset({one.condition})))
            else:
                yield _named(one, None)

    def _episode(self, told: Sequence[Told]) -> Iterator[Told]:
        """Where no flare is told of, the complaint has lasted as long as its symptoms."""
        if any(one.finding == "current_episode_days" and one.value is not None for one in told):
            return
        lengths = [one for one in told if one.finding == "symptom_duration_days" and isinstance(one.value, float)]
        if lengths:
            shortest = min(lengths, key=lambda one: float(one.value))  # type: ignore[arg-type]  # only numbers are in it
            yield _of("current_episode_days", shortest.value, shortest, "as_long_as_symptoms")

    def _inflammatory(self, passage: Passage, told: Sequence[Told]) -> Iterator[Told]:
        """How many of the nine criteria of NG65 are told, and at what age the pain began."""
        began = next((float(one.value) for one in told if one.finding == "pain_onset_age_years" and isinstance(one.value, float)), None)
        lasting = [float(one.value) for one in told if one.finding == "symptom_duration_days" and isinstance(one.value, float)]
        age = next(ages(passage), None)
        pain = next((one for one in told if one.finding == "pain_region" and isinstance(one.value, Members) and one.value.present), None)
        if pain is None:
            return
        met = sum(concept in passage.affirmed for concept in NG65)
        if began is None and age is not None and lasting:
            began = max(0.0, age.years - max(lasting) // DAYS_IN_YEAR)
            yield _of("pain_onset_age_years", began, pain, "age_less_duration")
        met += began is not None and began < NG65_EARLY
        met += any(m.context == "somebody_else" and m.who in FIRST_DEGREE for m, _ in passage.names if self._is_spondylitis(m, passage))
        if met:
            yield _of("ng65_count", float(met), pain, "ng65")

    def _is_spondylitis(self, mention: Mention, passage: Passage) -> bool:
        return any(name.condition == "axial_spondyloarthritis" for name in passage.lexicon.named(mention.term))

    def _operated(self, told: Sequence[Told]) -> Iterator[Told]:
        """Who was operated on lately was diagnosed by the surgeon."""
        for one in told:
            if one.finding == "spine_surgery_weeks_ago" and isinstance(one.value, float) and one.value <= self.limits["operation_names_it"]:
                yield _of("diagnosis_status", "confirmed", one, "operated")
                yield _of("diagnosed_by", "licensed_doctor", one, "operated")
                return

    def _changed(self, told: Sequence[Told], named: Sequence[Named]) -> Iterator[Told]:
        """A deficit, an injury or a fever that is new, or one that grows worse, makes an old diagnosis void; not the injury diagnosed."""
        of_the_injury = any(
            self.rulebase.conditions[one.condition].group == INJURY and one.context in {"present", "historical"} for one in named
        )
        newest = self.limits["new_since_diagnosis"]
        new = {one.finding for one in told if isinstance(one.value, float) and one.value <= newest}
        for one in told:
            change = self.changes.get(one.finding)
            if change is None or one.value in (None, False, "none", Answer.DONT_KNOW):
                continue
            if one.finding == "recent_trauma" and of_the_injury:
                continue
            if change.dated_by is None or change.dated_by in new:
                yield _of("changed_since_diagnosis", True, one, "changed")  # noqa: FBT003 - the value of a fact
                return


def _of(finding: str, value: Value | None, source: Told, saying: str) -> Told:
    return Told(
        finding=finding,
        value=value,
        context=source.context,
        start=source.start,
        end=source.end,
        quote=source.quote,
        saying=saying,
        sentence=source.sentence,
        clause=source.clause,
    )


def _by(quantity: Quantity, finding: str, value: Value, saying: str) -> Told:
    return Told(
        finding=finding,
        value=value,
        context="present",
        start=quantity.start,
        end=quantity.end,
        quote=quantity.quote,
        saying=saying,
        sentence=quantity.sentence,
        clause=quantity.clause,
    )


def _days_of(one: Named, passage: Passage) -> int | None:
    """How many days ago it was, by the time beside the name."""
    beside = (passage.read.quantities[number] for number in one.mention.quantities)
    return next((quantity.days for quantity in beside if quantity.days is not None and quantity.kind in TIMES), None)


def _named(one: Named, value: Value | None, finding: str = "diagnosis_condition") -> Told:
    mention = one.mention
    return Told(
        finding=finding,
        value=value,
        context="present" if value is not None and mention.context == "historical" else mention.context,
        start=mention.start,
        end=mention.end,
        quote=mention.quote,
        saying=one.condition,
        term=one.condition,
        who=mention.who,
        sentence=mention.sentence,
        clause=mention.clause,
    )
