"""Checks reports as a browser and a validator see them: axe-core in headless Chromium, then the Nu HTML checker.

``python tools/check_report.py [REPORT.html …]`` checks those files, or the report of the sample case. It needs programs that are
no part of this one: ``chromium`` (or what CHROMIUM names) and, below a folder that NODE_MODULES names (``node_modules`` here),
the npm packages ``axe-core`` and ``vnu-jar`` with a Java to run it. What is missing is said, and counts as a failure: a check
that did not run has not passed. Nothing is fetched.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
MODULES = Path(os.environ.get("NODE_MODULES", "node_modules"))
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_TOLD = re.compile(r'<pre id="axe-told">(.*?)</pre>', re.S)
_RUN = """<script>{axe}</script><script>
document.querySelectorAll('details').forEach(each => each.open = true);
axe.run(document, {{resultTypes: ['violations', 'incomplete']}}).then(found => {{
  const told = document.createElement('pre'); told.id = 'axe-told';
  told.textContent = JSON.stringify({{passes: found.passes.length, violations: found.violations, incomplete: found.incomplete}});
  document.body.append(told);
}});
</script></body>"""
_VIEWS = {
    "light": ["--window-size=1280,900"],
    "dark": ["--window-size=1280,900", "--blink-settings=preferredColorScheme=0"],
    "phone": ["--window-size=500,844"],
}


def axe(report: Path) -> Iterator[str]:
    """Yield what axe-core says against a report, seen in each way; the rules that passed are counted."""
    browser = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    script = MODULES / "axe-core" / "axe.min.js"
    if browser is None or not script.exists():
        yield "axe-core: not run, no Chromium or no axe-core is here"
        return
    page = _POLICY.sub("", report.read_text(encoding="utf-8"))
    page = page.replace("</body>", _RUN.format(axe=script.read_text(encoding="utf-8")))
    with tempfile.TemporaryDirectory(prefix="report-") as folder:
        copy = Path(folder) / "report.html"
        copy.write_text(page, encoding="utf-8")
        for name, options in _VIEWS.items():
            yield from _seen(browser, copy, name, options)


def _seen(browser: str, page: Path, name: str, options: list[str]) -> Iterator[str]:
    command = [
        browser,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--dump-dom",
        "--virtual-time-budget=120000",
        *options,
    ]
    done = subprocess.run([*command, page.as_uri()], capture_output=True, text=True, check=False, timeout=300)  # noqa: S603
    told = _TOLD.search(done.stdout)
    if told is None:
        yield f"axe-core, {name}: no answer"
        return
    found = json.loads(unescape(told[1]))
    sys.stdout.write(f"axe-core, {name}: {found['passes']} rules passed, {len(found['violations'])} violated, ")
    sys.stdout.write(f"{len(found['incomplete'])} for a person to look at\n")
    for each in found["incomplete"]:
        sys.stdout.write(f"  look at: {each['id']}, {len(each['nodes'])} places: {'; '.join(_reasons(each))}\n")
    for each in found["violations"]:
        yield f"axe-core, {name}: {each['id']}: {each['help']}: {each['nodes'][0]['html'][:200]}"


def _reasons(rule: dict[str, Any]) -> set[str]:
    return {check["message"] for node in rule["nodes"] for check in node["any"]}


def validator(report: Path) -> Iterator[str]:
    """Yield what the Nu HTML checker says against a report."""
    jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    java = shutil.which("java")
    if java is None or not jar.exists():
        yield "Nu HTML checker: not run, no Java or no vnu-jar is here"
        return
    command = [java, "-jar", str(jar), "--format", "json", "--stdout", str(report)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)  # noqa: S603
    messages = json.loads(done.stdout)["messages"]
    sys.stdout.write(f"Nu HTML checker: {len(messages)} messages\n")
    yield from dict.fromkeys(f"Nu HTML checker: line {each.get('lastLine')}: {each['message']}" for each in messages)


def _sample(folder: Path) -> Path:
    from annotator.services.project import open_project
    from annotator.services.sample import build_sample

    with open_project(build_sample(folder / "sample")) as project:
        return project.export("html", folder / "report.html")


def main(names: list[str]) -> int:
    """Check each report; end with 1 where anything stands against one, or a check could not run."""
    with tempfile.TemporaryDirectory(prefix="reports-") as folder:
        reports = [Path(name) for name in names] or [_sample(Path(folder))]
        against = [
            f"{report.name}: {each}" for report in reports for check in (axe, validator) for each in check(report)
        ]
    for each in against:
        sys.stdout.write(f"{each}\n")
    return 1 if against else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
