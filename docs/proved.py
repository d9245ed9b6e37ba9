"""Writes the theorems in words, and what the proofs list, to be signed line by line.

`python -m docs.proved` proves what lists something; given reports of `spinesafe prove --json`, it takes these.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from docs.generate import REFERENCE, both, page, table
from spinesafe.backends.proofs import Report, Result, prove
from spinesafe.model.text import Text
from spinesafe.rulebase import RuleBase, load

THEOREMS = REFERENCE / "theorems.md"
PAGE = REFERENCE / "proved-lists.md"
MOST_NAMED = 6
"""How many rules a line names; the JSON names all."""
COLUMNS = {
    "every_answer_that_ends_an_emergency_is_listed": ("finding", "answer", "kind", "rules", "which"),
    "each_exemption_works_and_can_be_lost": ("id", "exemption", "rules", "lost_by", "kept_because"),
    "every_rule_adds_something": ("id", "kept_because"),
    "undecided_is_really_open": ("id", "certain"),
    "every_disposition_is_reachable": ("what", "where", "kept_because"),
}
"""The theorems that list something, and what of it is shown: only what every run finds alike."""
SIGNED = {"every_answer_that_ends_an_emergency_is_listed", "each_exemption_works_and_can_be_lost"}
SAYS = """\
What the theorems list, found by the solver and written by `python -m docs.proved`; the tests compare each list with what they prove. A list
says what the rules do. Whether that is right is for a clinician to sign, line by line. Long lists of rules are cut here; `spinesafe prove
NAME --json` names all."""


def theorems(rulebase: RuleBase) -> str:
    """What is proved of everybody, in words."""
    says = (
        "What `spinesafe prove` proves of everybody, in plain words: see [what is proved](../proofs.md). "
        "What the theorems list is [a page of its own](proved-lists.md)."
    )
    return page("Theorems", says, _theorems(rulebase))


def _theorems(rulebase: RuleBase) -> Iterator[str]:
    for theorem in rulebase.theorems.values():
        yield f"## {theorem.id}\n\n{both(theorem.statement)}\n"
        rows = (("rests on", "依据", theorem.rests_on), ("does not promise", "不保证", theorem.not_promised))
        yield table(("", "English", "中文"), [(f"{en} · {zh}", text.en, text.zh) for en, zh, text in rows])
        if theorem.premises:
            premises = [(f"`{name}`", f"`{' '.join(when.split())}`") for name, when in theorem.premises.items()]
            yield table(("premise · 前提", "when"), premises)
        if theorem.accepted:
            accepted = [(f"`{name}`", reason.en, reason.zh) for name, reason in theorem.accepted.items()]
            yield table(("known and accepted · 已知并认可", "because", "原因"), accepted)


def section(rulebase: RuleBase, found: Result) -> str:
    """The list of one theorem."""
    theorem, columns = rulebase.theorems[found.theorem], COLUMNS[found.theorem]
    heads = [both(rulebase.sentences[f"proof_column_{column}"], " · ") for column in columns]
    rows = sorted(tuple(_cell(row.get(column)) for column in columns) for row in found.listed)
    counted = {"exact": str(found.counted["exact"]), "all": str(found.counted["all"])} if found.counted else {"number": str(len(rows))}
    count = rulebase.sentences["proof_counted_exact" if found.counted else "proof_listed"]
    told = Text(en=count.en.format(**counted), zh=count.zh.format(**counted))
    if found.theorem in SIGNED:
        heads, rows = [*heads, "signed · 签字"], [(*row, "") for row in rows]
    return f"## {found.theorem}\n\n{both(theorem.statement)}\n\n{both(told, ' · ')}.\n\n{table(heads, rows)}"


def _cell(text: Text | None) -> str:
    if text is None:
        return ""
    return _short(text.en) if text.en == text.zh else both(text, " · ")


def _short(names: str) -> str:
    """A list of names, cut where it is long."""
    listed = names.split(", ")
    more = len(listed) - MOST_NAMED
    shown = [f"`{name}`" if "_" in name else name for name in listed[:MOST_NAMED]]
    return ", ".join([*shown, f"+ {more}"] if more > 0 else shown)


def sections(rulebase: RuleBase, results: Iterable[Result]) -> Iterator[str]:
    """The lists, in a fixed order."""
    found = {result.theorem: result for result in results}
    yield from (section(rulebase, found[theorem]) for theorem in COLUMNS)


def main(reports: Sequence[str]) -> None:
    """Write the pages: the lists from reports, or from what is proved now."""
    rulebase = load()
    THEOREMS.write_text(theorems(rulebase), encoding="utf-8")
    results = [r for report in reports for r in msgspec.json.decode(Path(report).read_bytes(), type=Report).results]
    PAGE.write_text(page("What the proofs list", SAYS, sections(rulebase, results or prove(rulebase, COLUMNS))), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
