"""Reports on claims as one page that needs nothing else: marked text, a card for each claim, laws; for the keyboard and for print."""

from collections.abc import Iterable, Iterator
from html import escape

from spinesafe.model.claim_report import Claim, ClaimReport
from spinesafe.model.text import Language
from spinesafe.rulebase import RuleBase

_STYLE = """
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--dim:#5b6470;--line:#d5dae0;
--unsafe:#b00020;--false:#a33a00;--over:#7a5b00;--context:#00607a;
--sound:#1b6e3c}
@media(prefers-color-scheme:dark){:root{--paper:#14171a;--ink:#e8eaed;--dim:#a3acb8;--line:#343b44;
--unsafe:#ff8a8a;--false:#ffab7a;--over:#f0cf6a;
--context:#7fd4ea;--sound:#8bdca8}}
body{background:var(--paper);color:var(--ink);font:1rem/1.6 system-ui,"Noto Sans CJK SC",sans-serif;margin:0 auto;
  max-width:70rem;padding:1.5rem}
.alert{border-left:.5rem solid var(--c);padding:.5rem 1rem;font-weight:700;font-size:1.2rem}
.danger{--c:var(--unsafe)}
.caution{--c:var(--over)}
.none{--c:var(--sound)}
.unread{--c:var(--dim)}
.text{white-space:pre-wrap;border:1px solid var(--line);border-radius:.5rem;padding:1rem;overflow-wrap:anywhere}
mark{background:none;color:inherit;border-bottom:.2rem solid var(--c)}
mark a{color:inherit;text-decoration:none}
mark a:focus,mark a:hover{outline:2px solid var(--c)}
mark.quiet{border-bottom-style:dotted}
.v-unsafe{--c:var(--unsafe)}
.v-false{--c:var(--false)}
.v-overstated{--c:var(--over)}
.v-needs_context{--c:var(--context)}
.v-sound{--c:var(--sound)}
.legend{display:flex;flex-wrap:wrap;gap:1rem;list-style:none;padding:0;color:var(--dim)}
.legend span{border-bottom:.2rem solid var(--c)}
article{border:1px solid var(--line);border-left:.4rem solid var(--c);border-radius:.5rem;padding:.2rem 1rem;margin:1rem 0;
break-inside:avoid}
article:focus,article:target{outline:3px solid var(--c)}
article h3{margin:.5rem 0}
dt{color:var(--dim);font-size:.9rem}
dd{margin:0 0 .5rem}
details summary{cursor:pointer}
.dim{color:var(--dim)}
q{font-style:italic}
@media print{details{display:block}
details>*{display:block}
body{max-width:none}}
"""


def page(reports: Iterable[ClaimReport], rulebase: RuleBase, language: Language) -> str:
    """The whole page."""
    title = rulebase.sentences["claims_list"].in_language(language)
    body = "\n".join(_Page(rulebase, language, number).whole(report) for number, report in enumerate(reports))
    tongue = "zh-Hans" if language == "zh" else "en"
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>spinesafe · {escape(title)}</title><style>{_STYLE}</style>"
    )
    return f'<!doctype html>\n<html lang="{tongue}">\n<head>{head}</head>\n<body><main>\n{body}\n</main></body>\n</html>\n'


class _Page:
    def __init__(self, rulebase: RuleBase, language: Language, number: int) -> None:
        self.rulebase, self.language, self.number = rulebase, language, number

    def say(self, name: str, **words: str) -> str:
        return escape(self.rulebase.sentences[name].in_language(self.language).format(**words))

    def whole(self, report: ClaimReport) -> str:
        return "\n".join(self._parts(report))

    def _parts(self, report: ClaimReport) -> Iterator[str]:
        yield f"<section><h1>{escape(report.id or 'spinesafe')}</h1>"
        if report.alert is None:
            why = report.unread.in_language(self.language) if report.unread else ""
            yield f'<p class="alert unread">{self.say("claims_unread", why=why)}</p></section>'
            return
        yield f'<p class="alert {report.alert}">{self.say(f"claims_alert_{report.alert}")}</p>'
        speaker = self.rulebase.sentences[f"speaker_{report.speaker}"].in_language(self.language)
        count = self.say("claims_count", number=str(len(report.claims)))
        yield f'<p class="dim">{count} · {self.say("claims_speaker", speaker=speaker)}</p>'
        yield self._legend()
        yield f'<h2>{self.say("claims_text")}</h2><div class="text" dir="auto">{self._marked(report)}</div>'
        yield f"<h2>{self.say('claims_list')}</h2>"
        yield from (self._card(number, claim) for number, claim in enumerate(report.claims))
        yield from self._law(report)
        if report.second_opinion is not None:
            opinion = report.second_opinion
            said = escape(f"{opinion.alert or opinion.fault} {opinion.note}")
            yield f"<h2>{self.say('claims_second', model=opinion.model)}</h2><p>{said}</p>"
        yield f'<p class="dim">{self.say("claims_limits")}</p></section>'

    def _legend(self) -> str:
        verdicts = ("unsafe", "false", "overstated", "needs_context", "sound")
        lines = (f'<li><span class="v-{verdict}">{self.say("verdict_" + verdict)}</span></li>' for verdict in verdicts)
        return f'<ul class="legend">{"".join(lines)}</ul>'

    def _marked(self, report: ClaimReport) -> str:
        parts, at = [], 0
        for number, claim in enumerate(report.claims):
            if claim.start >= at:
                parts.append(escape(report.text[at : claim.start]))
                quiet = "" if claim.live else " quiet"
                words = escape(report.text[claim.start : claim.end])
                tip = escape(f"{claim.title.in_language(self.language)}: {claim.because.in_language(self.language)}")
                parts.append(f'<mark class="v-{claim.verdict}{quiet}" title="{tip}"><a href="#c{self.number}-{number}">{words}</a></mark>')
                at = claim.end
        return "".join((*parts, escape(report.text[at:])))

    def _card(self, number: int, claim: Claim) -> str:
        ids = escape(" ".join((claim.claim, *claim.also)))
        rows = [(self.say("claims_why"), escape(claim.because.in_language(self.language)))]
        if claim.instead is not None and claim.live:
            rows.append((self.say("claims_instead"), escape(claim.instead.in_language(self.language))))
        if claim.sources:
            rows.append((self.say("claims_sources"), escape(", ".join(claim.sources))))
        if claim.needs_human:
            rows.append(("", self.say("claims_human")))
        told = "".join(f"<dt>{label}</dt><dd>{text}</dd>" for label, text in rows)
        judged = (self.say(f"verdict_{claim.verdict}"), self.say(f"stance_{claim.stance}"), escape(claim.title.in_language(self.language)))
        head = " · ".join(judged)
        return (
            f'<article class="v-{claim.verdict}" id="c{self.number}-{number}" tabindex="0"><h3>{head}</h3>'
            f'<p><q>{escape(claim.quote)}</q> <span class="dim">{ids}</span></p><dl>{told}</dl></article>'
        )

    def _law(self, report: ClaimReport) -> Iterator[str]:
        hooks = {hook.id: hook for claim in report.claims for hook in claim.legal}
        hooks |= {hook.id: hook for found in report.form for hook in found.legal}
        if hooks or report.form:
            yield f"<details open><summary><strong>{self.say('claims_law')}</strong></summary><ul>"
            for hook in hooks.values():
                told = f"{hook.rule.in_language(self.language)}: {hook.content.in_language(self.language)}"
                yield f"<li>[{hook.jurisdiction}] {escape(told)}</li>"
            for found in report.form:
                yield f"<li>{escape(found.title.in_language(self.language))}: <q>{escape(found.quote)}</q></li>"
            yield "</ul></details>"
