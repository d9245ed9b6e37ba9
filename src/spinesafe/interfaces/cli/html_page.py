"""The frame of every page that the command line writes: one file that needs nothing else and no script, for screen, keyboard and print.

A page shows a text on the left, with marks that carry a number and a short note, and what the numbers stand for on the right.
"""

from collections.abc import Mapping
from html import escape

from spinesafe.model.text import Language

_COLOURS = {
    "danger": ("#b00020", "#ff9a94"),
    "alarm": ("#a33a00", "#ffb184"),
    "caution": ("#7a5600", "#f0cf6a"),
    "calm": ("#1b6e3c", "#8bdca8"),
    "cool": ("#00607a", "#7fd4ea"),
    "deep": ("#2f4fa8", "#a9bdff"),
    "plum": ("#7a2a8c", "#e3a8f2"),
    "grey": ("#545c66", "#a9b2bd"),
}
"""By name, on paper and in the dark. Each has a contrast of at least 5:1 on its ground and on a mark of itself (WCAG 2.2 AA asks 4.5:1)."""

_STYLE = """
:root{color-scheme:light dark;--paper:#fff;--ink:#1b1f24;--dim:#545c66;--line:#d5dae0;--ground:#f4f6f8;LIGHT}
@media(prefers-color-scheme:dark){:root{--paper:#14171a;--ink:#e8eaed;--dim:#a9b2bd;--line:#3a424c;--ground:#1c2126;DARK}}
*{box-sizing:border-box}
body{background:var(--paper);color:var(--ink);font:1rem/1.6 system-ui,-apple-system,"Segoe UI","PingFang SC","Microsoft YaHei",
"Noto Sans CJK SC",sans-serif;margin:0 auto;max-width:84rem;padding:1.5rem}
h1{font-size:1.5rem;line-height:1.3;margin:0 0 .75rem;overflow-wrap:anywhere}
h2{font-size:1.1rem;margin:1.5rem 0 .5rem}
section+section{border-top:1px solid var(--line);margin-top:3rem;padding-top:2rem}
.banner{background:var(--c);color:var(--paper);border-radius:.5rem;padding:.7rem 1.1rem;font-weight:700;font-size:1.15rem;margin:.5rem 0}
.notice{border-left:.35rem solid var(--c);background:var(--ground);padding:.5rem .9rem;margin:.5rem 0}
.dim{color:var(--dim)}
.small{font-size:.9rem}
a{color:inherit}
:focus-visible{outline:3px solid var(--c,currentColor);outline-offset:2px}
.legend{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;list-style:none;padding:0;margin:.75rem 0}
.sign{color:var(--c);font-weight:700;margin-right:.3em}
.sides{display:grid;gap:1.5rem}
@media(min-width:64rem){.sides{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}
.left{position:sticky;top:0;align-self:start}.text{max-height:calc(100vh - 8rem);overflow:auto}}
.text{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid var(--line);border-radius:.5rem;padding:1rem 1.1rem;line-height:1.9}
mark{color:inherit;background:color-mix(in srgb,var(--c) 14%,var(--paper));border-bottom:.16rem solid var(--c);border-radius:.2rem;
padding:.05rem .1rem}
mark.quiet{background:none;border-bottom-style:dotted}
mark>a{text-decoration:none}
mark sup{color:var(--c);font-size:.7em;font-weight:700;line-height:0;margin-left:.15em}
.tip{display:none;position:fixed;left:1.5rem;bottom:1rem;z-index:1;max-width:min(44rem,calc(100vw - 3rem));white-space:normal;
background:var(--paper);color:var(--ink);border:1px solid var(--c);border-left-width:.4rem;border-radius:.4rem;padding:.6rem 1rem;
font-size:.95rem;line-height:1.5;box-shadow:0 .3rem 1.2rem #0006}
.tip b{display:block}
mark:hover>.tip,mark:focus-within>.tip{display:block}
article{border:1px solid var(--line);border-left:.4rem solid var(--c);border-radius:.5rem;padding:.8rem 1.1rem;margin:0 0 1rem;
break-inside:avoid;scroll-margin-top:1rem}
article:target{outline:3px solid var(--c)}
article h3{font-size:1rem;margin:0;line-height:1.4}
article p{margin:.4rem 0}
.kind{color:var(--c);font-weight:700;font-size:.9rem;margin:0 0 .1rem}
q{font-style:italic}
:lang(zh) q{font-style:normal}
dl{margin:.4rem 0 0;display:grid;grid-template-columns:max-content 1fr;gap:.25rem .9rem}
dt{color:var(--dim);font-size:.9rem}
dd{margin:0}
.tabs>input{position:absolute;opacity:0;pointer-events:none}
.tabs>label{display:inline-block;padding:.35rem .9rem;border:1px solid var(--line);border-radius:.5rem .5rem 0 0;cursor:pointer;
margin:0 .25rem -1px 0;color:var(--dim)}
.tabs>input:checked+label{color:var(--ink);font-weight:700;border-bottom-color:var(--paper);background:var(--paper)}
.tabs>input:focus-visible+label{outline:3px solid currentColor;outline-offset:-3px}
.panel{display:none;border-top:1px solid var(--line);padding-top:1rem}
.tabs>input:nth-of-type(1):checked~.panel:nth-of-type(1),.tabs>input:nth-of-type(2):checked~.panel:nth-of-type(2){display:block}
.panel>h2{margin-top:0}
.left>h2,.sides h2:first-child{margin-top:.5rem}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line);overflow-wrap:break-word}
.word{white-space:nowrap}
th{color:var(--dim);font-weight:600;font-size:.9rem}
tr{break-inside:avoid}
ul.plain{padding-left:1.2rem}
@media print{:root{PRINT--paper:#fff;--ink:#000;--dim:#444;--line:#bbb;--ground:#fff}
body{max-width:none;padding:0;font-size:10.5pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.sides{display:block}.left{position:static}.text{max-height:none;overflow:visible}
.tip,.tabs>label{display:none!important}.panel{display:block!important;border:0}.panel>h2.printed{display:block}}
h2.printed{display:none}
"""


def _colours(place: int) -> str:
    return "".join(f"--{name}:{pair[place]};" for name, pair in _COLOURS.items())


def whole(title: str, body: str, language: Language, colours: Mapping[str, str]) -> str:
    """The page. `colours` gives the name of a colour to each class of a mark, card or banner."""
    style = _STYLE.replace("LIGHT", _colours(0)).replace("DARK", _colours(1)).replace("PRINT", _colours(0))
    style += "".join(f".{kind}{{--c:var(--{colour})}}" for kind, colour in colours.items())
    tongue = "zh-Hans" if language == "zh" else "en"
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{style}</style>"
    )
    return f'<!doctype html>\n<html lang="{tongue}">\n<head>{head}</head>\n<body><main>\n{body}\n</main></body>\n</html>\n'


def mark(words: str, kinds: str, label: str, note: str, target: str) -> str:
    """A marked part of a text, with its number or sign, and a note that shows when it is pointed at or reached by the keyboard.

    `words` and `label` are text, `note` is HTML; `target` is the id of what it leads to.
    """
    number = f"<sup>{escape(label)}</sup>"
    tip = f'<span class="tip" role="note">{note}</span>'
    return f'<mark class="{kinds}"><a href="#{target}">{escape(words)}{number}</a>{tip}</mark>'
