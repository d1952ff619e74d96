"""The style sheet of the HTML report, made from the themes of the window so that marks look the same in both."""

from __future__ import annotations

import tomllib
from functools import cache
from string import Template

from annotator.resources import resource

LINES = {"supports": "solid", "refutes": "wavy", "qualifies": "dashed", "contextualises": "dotted"}
"""How the words of each stance are underlined."""


@cache
def style_sheet() -> str:
    """Return the whole style sheet: light, dark where the reader's system is, light again on paper."""
    light, dark = _variables("light"), _variables("dark")
    return _SHEET.substitute(light=light, dark=dark, marks=_marks(), verdicts=_verdicts())


@cache
def verdict_codes() -> frozenset[str]:
    """Return the verdicts that the themes have colours for; a scale from elsewhere may have others."""
    return frozenset(tomllib.loads(resource("themes", "light.toml").read_text(encoding="utf-8"))["verdicts"])


def _variables(theme: str) -> str:
    table = tomllib.loads(resource("themes", f"{theme}.toml").read_text(encoding="utf-8"))
    values = {name.replace("_", "-"): colour for name, colour in table["colours"].items()}
    for group in ("stances", "verdicts"):
        for code, colours in table[group].items():
            values |= {f"{code}-{part}".replace("_", "-"): colour for part, colour in colours.items()}
    return "".join(f"--{name}:{colour};" for name, colour in values.items())


def _marks() -> str:
    rules = []
    for code, line in LINES.items():
        rules.append(f"mark.{code},.line.{code}{{text-decoration:underline {line} var(--{code}-line) 2px}}")
        rules.append(f".sign.{code}{{color:var(--{code}-text);background:var(--{code}-tint)}}")
    return "\n".join(rules)


def _verdicts() -> str:
    table = tomllib.loads(resource("themes", "light.toml").read_text(encoding="utf-8"))
    rules = []
    for code in table["verdicts"]:
        name = code.replace("_", "-")
        rules.append(f".chip.{code}{{color:var(--{name}-text);background:var(--{name}-tint)}}")
        rules.append(f".chip.solid.{code}{{color:var(--{name}-on-solid);background:var(--{name}-solid)}}")
    return "\n".join(rules)


_SHEET = Template("""\
:root{color-scheme:light dark;$light
--serif:"Source Serif 4","Source Serif Pro",Charter,"Bitstream Charter","Sitka Text",Cambria,Georgia,serif;
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
@media (prefers-color-scheme:dark){:root{$dark}}
@media print{:root{color-scheme:light;$light}}
*{box-sizing:border-box}
body{margin:0;background:var(--surface);color:var(--text);font:1rem/1.5 var(--sans);overflow-wrap:break-word}
header,main,footer{max-width:72rem;margin:0 auto;padding:1rem 1.5rem}
header{padding-top:2rem}
header:not(:has(h1)){padding-bottom:0}
header:not(:has(h1))+main{padding-top:0}
.none{display:flex;gap:.5rem;align-items:center}
h1{font-size:1.75rem;line-height:1.3;margin:0 0 .5rem}
h2{font-size:1.375rem;line-height:1.35;margin:0 0 .5rem}
h3{font-size:1rem;margin:0 0 .5rem}
h4{font-size:1rem;margin:0 0 .75rem;display:flex;align-items:center;gap:.5rem}
p{margin:0 0 .75rem}
ul,ol{margin:0;padding-left:1.25rem}
a{color:var(--accent)}
a:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-999rem}
.skip:focus{position:static}
.over,.meta,.count,.where,time{color:var(--muted)}
.over{margin:0 0 .25rem}
.meta,.where,.steps,.digest{font-size:.875rem}
nav ol{list-style:none;padding:0}
nav li{padding:.5rem 0;border-top:1px solid var(--hairline);display:flex;gap:.75rem;align-items:baseline;flex-wrap:wrap}
nav li.part{padding-left:1.5rem}
article{padding:2rem 0 1rem;border-top:1px solid var(--hairline)}
header+main>article:first-child{border-top:0;padding-top:0}
section{margin:0 0 2rem}
.conclusion{background:var(--raised);border:1px solid var(--hairline);border-radius:4px;padding:1rem 1.25rem;margin:0 0 1rem;
max-width:46rem}
.conclusion .by{margin:0}
.chips{display:flex;flex-wrap:wrap;gap:.5rem .75rem;align-items:center;margin:0 0 .75rem}
.chip{display:inline-flex;gap:.375rem;align-items:center;border-radius:4px;padding:.0625rem .5rem;font-size:.875rem;
color:var(--text);border:1px solid transparent}
nav .chip.solid{font-size:.875rem;padding:.0625rem .5rem}
.chip.plain{border-color:var(--edge)}
.chip.solid{font-size:1.125rem;font-weight:600;padding:.25rem .75rem}
.chip.open,.chip.solid.open{border-color:var(--edge);color:var(--text)}
.bars{display:inline-flex;gap:2px;margin-right:.375rem;vertical-align:-.125rem}
.bars i{width:5px;height:14px;border:1px solid var(--text);border-radius:1px}
.bars.b1 i:nth-child(-n+1),.bars.b2 i:nth-child(-n+2),.bars.b3 i{background:var(--text)}
.warning{border-left:3px solid var(--error);padding:.25rem .75rem;margin:0 0 .75rem;max-width:46rem}
.warning dl{grid-template-columns:1fr;gap:.125rem}
.warning dd{padding-left:1rem}
.disputed{color:var(--error);border:1px dashed var(--error);border-radius:4px;padding:0 .375rem;font-size:.8125rem;
font-weight:400;white-space:nowrap;font-family:var(--sans)}
.reviews{list-style:none;padding:0;font-size:.875rem}
.checks li{padding:.25rem 0}
.board{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:1.5rem;align-items:start}
.board section{margin:0}
.sign{display:inline-flex;width:1.25rem;height:1.25rem;border-radius:4px;align-items:center;justify-content:center;
font-weight:700;font-size:.9375rem;line-height:1;flex:none;background:var(--row-unfocused)}
.line{text-underline-offset:.375rem}
.count{font-weight:400;margin-left:auto;font-size:.875rem}
.card{background:var(--raised);border:1px solid var(--hairline);border-radius:4px;padding:.75rem 1rem;margin:0 0 .75rem}
blockquote{margin:0 0 .25rem;font:1.0625rem/1.6 var(--serif);color:var(--muted);white-space:pre-line}
mark{background:none;color:var(--text);text-underline-offset:.25rem;text-decoration-skip-ink:none}
.where{margin:0 0 .75rem}
.judged{list-style:none;padding:0;border-top:1px solid var(--hairline)}
.judged li{padding:.5rem 0 0}
.judged p{margin:.25rem 0 0}
.judged .meta,.judged .who{margin:0}
.who{display:flex;flex-wrap:wrap;gap:.25rem .5rem;align-items:center}
.differs{color:var(--error)}
.chain,.chain ul{list-style:none;padding-left:0}
.chain ul{padding-left:1.25rem;border-left:1px solid var(--edge);margin-left:.375rem}
.chain li{padding:.25rem 0}
.origin{border:2px solid var(--text);border-radius:4px;padding:.0625rem .375rem;font-weight:600}
.steps{list-style:none;padding:0;max-width:60rem}
.steps li{display:grid;grid-template-columns:13rem 1fr;gap:0 1rem;padding:.25rem 0;border-top:1px solid var(--hairline)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:0}
dt{color:var(--muted)}
dd{margin:0;min-width:0}
.digest{font-family:ui-monospace,"DejaVu Sans Mono",Consolas,monospace;overflow-wrap:anywhere}
.published{font-family:var(--serif)}
footer{color:var(--muted);font-size:.875rem;border-top:1px solid var(--hairline)}
$marks
$verdicts
@media (max-width:40rem){header,main,footer{padding-left:1rem;padding-right:1rem}h1{font-size:1.375rem}h2{font-size:1.25rem}
.steps li,dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}}
@media print{body{background:none;font-size:10.5pt}.card,.conclusion,.steps li{break-inside:avoid}h2,h3,h4{break-after:avoid}
.skip,nav{display:none}.board{display:block}.board section{margin:0 0 1.5rem}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}a{color:inherit}
header,main,footer{max-width:none;padding-left:0;padding-right:0}}
""")
