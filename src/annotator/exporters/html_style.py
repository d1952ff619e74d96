"""The style sheet of the HTML report, made from the themes of the window so that marks look the same in both."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from string import Template

from annotator.resources import resource

LINES = {"supports": "solid", "refutes": "wavy", "qualifies": "dashed", "contextualises": "dotted"}
"""How the words of each stance are underlined."""
_DASHES = {"qualifies": "7 3", "contextualises": "0.1 4"}
"""How their lines are drawn in a picture; what refutes is a wave already."""
_SHAPES = """\
.edge{fill:none;stroke:var(--edge);stroke-width:1;stroke-linecap:round}
.edge.other{stroke:var(--muted);stroke-width:2}
.tint{fill:var(--row-unfocused)}
.frame{fill:var(--raised);stroke:var(--edge)}"""
_PLAIN_CHARACTER = re.compile(r"[\w .,;:!?%()’–—-]")


@cache
def style_sheet() -> str:
    """Return the whole style sheet: light, dark where the reader's system is, light again on paper."""
    light, dark = _declared("light"), _declared("dark")
    return Template(_sheet()).substitute(
        light=light, dark=dark, shapes=f"{_SHAPES}\n{_drawn()}", marks=_marks(), verdicts=_verdicts()
    )


def drawing_style(theme: str) -> str:
    """Return the rules for the shapes of drawings with the colours of one theme put in, for a drawing on its own."""
    names = colours(theme)
    return re.sub(r"var\(--([a-z-]+)\)", lambda match: names[match[1]], f"{_SHAPES}\n{_drawn()}")


def running_title(title: str) -> str:
    """Return the rule that puts a title at the head of every printed page; nothing in it can end the rule."""
    words = " ".join(title.split())
    short = words if len(words) <= 90 else f"{words[:88]}…"
    escaped = "".join(c if _PLAIN_CHARACTER.fullmatch(c) else f"\\{ord(c):x} " for c in short)
    return f'@page{{@top-left{{content:"{escaped}"}}}}'


def colours(theme: str) -> dict[str, str]:
    """Return the colours of a theme by the names that the style sheet gives them."""
    table = tomllib.loads(resource("themes", f"{theme}.toml").read_text(encoding="utf-8"))
    values = {name.replace("_", "-"): colour for name, colour in table["colours"].items()}
    for group in ("stances", "verdicts"):
        for code, of_code in table[group].items():
            values |= {f"{code}-{part}".replace("_", "-"): colour for part, colour in of_code.items()}
    return values


@cache
def verdict_codes() -> frozenset[str]:
    """Return the verdicts that the themes have colours for; a scale from elsewhere may have others."""
    return frozenset(tomllib.loads(resource("themes", "light.toml").read_text(encoding="utf-8"))["verdicts"])


def _sheet() -> str:
    return resource("report", "report.css").read_text(encoding="utf-8")


def _declared(theme: str) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in colours(theme).items())


def _marks() -> str:
    rules = []
    for code, line in LINES.items():
        rules.append(f"mark.{code},.line.{code}{{text-decoration:underline {line} var(--{code}-line) 2px}}")
        rules.append(f".sign.{code}{{color:var(--{code}-text);background:var(--{code}-tint)}}")
        rules.append(f".column.{code}>.column-head{{border-top-color:var(--{code}-line)}}")
        rules.append(f".shape.{code}{{fill:var(--{code}-text)}}")
    return "\n".join(rules)


def _drawn() -> str:
    rules = []
    for code in LINES:
        dash = f";stroke-dasharray:{_DASHES[code]}" if code in _DASHES else ""
        rules.append(f".edge.{code}{{stroke:var(--{code}-line);stroke-width:2{dash}}}")
        rules.append(f".tint.{code}{{fill:var(--{code}-tint)}}")
    return "\n".join(rules)


def _verdicts() -> str:
    rules = []
    for code in sorted(verdict_codes()):
        name = code.replace("_", "-")
        rules.append(f".chip.{code}{{color:var(--{name}-text);background:var(--{name}-tint)}}")
        rules.append(f".chip.solid.{code}{{color:var(--{name}-on-solid);background:var(--{name}-solid)}}")
        rules.append(f".conclusion.{code}{{border-top-color:var(--{name}-solid)}}")
    return "\n".join(rules)
