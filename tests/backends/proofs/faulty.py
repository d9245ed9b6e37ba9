"""A fault for each theorem: those that the laws are tried with, and a few in the machine where no entry of the knowledge can break it.

Where the fault needs few rules, the theorem is tried on a knowledge of few rules: that takes a tenth of the time.
"""

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

import msgspec

from spinesafe.backends.proofs import World
from spinesafe.backends.proofs.decision import Decided, Join
from spinesafe.backends.proofs.logic import Bit
from spinesafe.backends.proofs.world import Way, Who
from spinesafe.model.fact import Answer, Facts
from spinesafe.rulebase import RuleBase
from spinesafe.rulebase.program import KNOWN, POSSIBLE, READ
from spinesafe.screening import Screener
from spinesafe.screening.judgement import Judgement
from tests.laws.faults import FAULTS
from tests.laws.seeds import Hasty, Sure, doubled, few, otherwise, reading, screener_of

SHRINKING = 0.5
"""Seconds: a counter-example need not be small to be tried."""
RULES = ("ces_new_sphincter_or_saddle_change", "vas_stroke_signs", "vas_aneurysm_with_new_back_pain", "gate_consent", "inf_fever")


RAILS = MappingProxyType({"floor": KNOWN, "read": READ, "ceiling": POSSIBLE})


class Faulty(msgspec.Struct, frozen=True):
    """What the theorem is proved of, and who screens with the same fault. `rails` say where each join of an output is read off."""

    world: World
    screener: Screener
    rails: Mapping[str, int] = RAILS


Seed = Callable[[], Faulty]


# ------------------------------------------------------------------------------------------------- faults of the machine


class HastyDecided(Decided):
    """Takes a reading of what is not known for certain."""

    def output(self, join: Join, output: int) -> Bit:
        """An output, what is certain taken from what is read."""
        return super().output("read" if join == "floor" else join, output)


class SureDecided(Decided):
    """Takes what is open for what is certain not to be."""

    def output(self, join: Join, output: int) -> Bit:
        """An output, what is open taken from what is read."""
        return super().output("read" if join == "ceiling" else join, output)


class DecidingWorld(World):
    """A world that decides otherwise."""

    kind: type[Decided] = Decided

    @cache  # noqa: B019 - a world lives as long as its proofs
    def decided(self, who: Who, way: Way) -> Decided:
        """What comes out."""
        return self.kind(self.lattice, self.reading(who, way), self.follow_up)


class HastyWorld(DecidingWorld):
    """Decides hastily."""

    kind = HastyDecided


class SureWorld(DecidingWorld):
    """Decides too surely."""

    kind = SureDecided


class Forgetful(Screener):
    """Reads "I don't know" by the defaults for what nobody mentions."""

    def judge(self, facts: Facts, **how: bool) -> Judgement:
        """The judgement, "I don't know" presumed as "not examined" is."""
        silent = {
            name: msgspec.structs.replace(fact, value=Answer.NOT_EXAMINED) if fact.value is Answer.DONT_KNOW else fact
            for name, fact in facts.items()
        }
        return super().judge(silent, **how)


# ------------------------------------------------------------------------------------------------- seeds


def by_seed(seed: Callable[[], Screener]) -> Seed:
    """A fault in the knowledge."""

    def make() -> Faulty:
        screener = seed()
        return Faulty(World(screener.rulebase, shrinking_seconds=SHRINKING), screener)

    return make


def seeded(what: str) -> Seed:
    """A fault of the laws."""
    (fault,) = (fault for fault in FAULTS if fault.what == what)
    return by_seed(fault.seed)


def _few_rules() -> RuleBase:
    return screener_of(few(*RULES)).rulebase


def hasty() -> Faulty:
    """What counts as true while it is not known is taken for certain."""
    screener = Screener(_few_rules())
    screener.evaluator = Hasty(screener.rulebase)
    world = HastyWorld(screener.rulebase, shrinking_seconds=SHRINKING)
    return Faulty(world, screener, {**RAILS, "floor": READ})


def sure() -> Faulty:
    """What is open is taken for what is certain not to be."""
    screener = Screener(_few_rules())
    screener.evaluator = Sure(screener.rulebase)
    world = SureWorld(screener.rulebase, shrinking_seconds=SHRINKING)
    return Faulty(world, screener, {**RAILS, "ceiling": READ})


def dont_know_is_silence() -> Faulty:
    """The default for what nobody mentions, used for "I don't know"."""
    rulebase = _few_rules()
    return Faulty(World(rulebase, dont_know_is_silence=True, shrinking_seconds=SHRINKING), Forgetful(rulebase))


def unheard_implication() -> Faulty:
    """An entry of a disease implies what no rule was told of."""
    rulebase = _few_rules()
    condition = rulebase.conditions["lumbar_disc_herniation"]
    deaf = msgspec.structs.replace(condition, implies={**condition.implies, "saddle_numbness": True})
    forgotten = msgspec.structs.replace(rulebase, conditions={**rulebase.conditions, condition.id: deaf})
    return Faulty(World(forgotten, shrinking_seconds=SHRINKING), Screener(forgotten))


def always_true() -> Faulty:
    """A rule that holds whatever is answered, and is called undecided while nothing is."""
    return by_seed(reading("rules", "inf_fever", "fever_or_chills", "fever_or_chills or not fever_or_chills", of=few(*RULES)))()


def _saddle_and(also: str) -> Seed:
    return by_seed(reading("rules", RULES[0], "d_ces_recent", f"d_ces_recent and {also}", of=few(*RULES)))


REFUTED: Mapping[str, Mapping[str, Seed]] = {
    "adding_a_danger_never_lowers_the_outcome": {"one danger takes another away": _saddle_and("not fever_or_chills")},
    "removing_a_protective_fact_never_lowers_the_outcome": {"a danger counts only with a protection": _saddle_and("consent_given")},
    "learning_more_never_unsettles": {"a reading is taken for certain": hasty},
    "unknown_never_clears": {"what is open is forgotten": sure},
    "settled_means_settled": {"what is open is forgotten": sure},
    "not_knowing_is_never_better_than_knowing": {
        "the closed-world default stands for I don't know": dont_know_is_silence,
        "an exemption counts as met while unknown": by_seed(
            otherwise("definitions", "pain_stated_as_usual", of=few(*RULES), when_not_known=True)
        ),
    },
    "each_emergency_flag_fires_alone": {what: seeded(what) for what in ("nobody thinks of stroke",)},
    "no_weak_flag_alone_is_an_emergency": {what: seeded(what) for what in ("two weak signs are enough",)},
    "urgent_is_never_cleared": {what: seeded(what) for what in ("seven days bar nothing",)},
    "no_diagnosis_no_clearance": {what: seeded(what) for what in ("anybody may diagnose",)},
    "no_guidance_no_clearance": {what: seeded(what) for what in ("not to have asked counts as agreement",)},
    "unlicensed_place_never_clears": {what: seeded(what) for what in ("the place alone decides",)},
    "no_consent_no_clearance": {what: seeded(what) for what in ("nobody asks for consent",)},
    "no_baseline_no_unconditional_go_ahead": {what: seeded(what) for what in ("nobody asks for a baseline",)},
    "acute_disc_herniation_waits": {what: seeded(what) for what in ("the acute stage ends after a week",)},
    "no_missing_scan_bars_soft_tissue_after_a_diagnosis": {what: seeded(what) for what in ("without a scan not even massage",)},
    "old_explained_sphincter_trouble_exempts_one_organ_at_a_time": {
        what: seeded(what) for what in ("an explained bowel exempts the bladder", "what grows worse counts as old")
    },
    "every_condition_has_a_row": {what: seeded(what) for what in ("a row looks at another disease",)},
    "a_diagnosis_wakes_what_it_implies": {"an implication that no rule was told of": unheard_implication},
    "the_compiled_rules_say_what_is_written": {what: seeded(what) for what in ("the compiled line counts one less",)},
}
"""Faults that somebody shows, by the theorem that must fail."""

LISTED: Mapping[str, tuple[str, Seed]] = {
    "every_rule_can_fire": ("can_coughing_blood", seeded("two limits leave nobody between them")),
    "every_rule_adds_something": ("vas_stroke_signs_again", by_seed(doubled("vas_stroke_signs", of=few(*RULES)))),
    "every_disposition_is_reachable": ("soft_tissue_massage proceed", seeded("nobody can ever be cleared freely")),
    "every_reason_has_a_source": ("gate_diagnosis", seeded("a reason stands on nothing")),
    "every_answer_that_ends_an_emergency_is_listed": ("fever_or_chills", _saddle_and("not fever_or_chills")),
    "each_exemption_works_and_can_be_lost": (
        "pain_stated_as_usual",
        by_seed(
            reading(
                "definitions", "pain_stated_as_usual", "pain_same_as_usual", "pain_same_as_usual and not pain_same_as_usual", of=few(*RULES)
            )
        ),
    ),
    "each_emergency_flag_fires_alone": (
        "fever_or_chills",
        by_seed(otherwise("findings", "fever_or_chills", red_flag="sufficient")),
    ),
}
"""Faults that stand in a list, by the theorem that must fail: the line that nobody has accepted."""
