"""What a measurement leaves behind: `bench/results/{name}.json`, a table on the screen and in docs.

A file holds `{"commit", "machine", "rows"}` and whatever else its measurement wants to say; a row
is a plain dictionary. None means "not measured" and is shown as a dash, never as 0.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
FOLDER = Path(__file__).parent / "results"
REFERENCE = ROOT / "docs" / "reference"

Row = dict[str, Any]


def write(name: str, rows: Sequence[Row], *, packages: Iterable[str] = (), **more: Any) -> Path:
    """Write `bench/results/{name}.json` anew; `more` stands beside the rows."""
    document = {
        "commit": commit(),
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(packages),
        **more,
        "rows": list(rows),
    }
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{name}.json"
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    draft.replace(path)
    return path


def read(name: str) -> dict[str, Any] | None:
    """The last measurement, or None where there is none."""
    path = FOLDER / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def commit() -> str:
    """The commit that was measured; a `+` says that files had been changed since."""
    head = _git("rev-parse", "--short=10", "HEAD")
    if not head:
        return "unknown"
    changed = _git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!bench/results")
    return f"{head}+" if changed else head


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=20
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def machine(packages: Iterable[str] = ()) -> dict[str, Any]:
    """What was measured on: processor, cores, memory, versions; no name of a host."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(_memory_bytes() / 2**30),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load": [round(load, 1) for load in os.getloadavg()] if hasattr(os, "getloadavg") else None,
        "packages": {name: _version(name) for name in packages},
    }


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or "unknown"
    names = [line.split(":", 1)[1].strip() for line in text.splitlines() if "model name" in line]
    return names[0] if names else platform.processor() or "unknown"


def _memory_bytes() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return 0


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def cell(value: Any) -> str:
    """A value as a table shows it: three significant digits, thousands parted, a dash for None."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        if value == 0 or abs(value) >= 100:
            return f"{value:,.0f}"
        return f"{value:.2f}" if abs(value) >= 1 else f"{value:.3g}"
    return str(value)


def print_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """A table on the screen, numbers to the right."""
    lines = [list(columns), *([cell(row.get(name)) for name in columns] for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(columns))]
    for line in lines:
        print("  ".join(_aligned(text, width) for text, width in zip(line, widths, strict=True)))


def _aligned(text: str, width: int) -> str:
    is_number = text[:1].isdigit() or text == "–"
    return text.rjust(width) if is_number else text.ljust(width)


def markdown_table(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[str], titles: Mapping[str, str] = {}
) -> str:
    """The same table for a page of the docs; `titles` renames columns."""
    head = [titles.get(name, name) for name in columns]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(columns)]
    lines += ["| " + " | ".join(cell(row.get(n)) for n in columns) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def provenance(document: Mapping[str, Any]) -> str:
    """One paragraph for a page: measured when, on what, which commit."""
    on = document["machine"]
    packages = ", ".join(f"{name} {version}" for name, version in on["packages"].items() if version)
    load = (on.get("load") or [0])[-1]
    is_busy = load > 1.5 * (on["cores"] or 1)
    busy = f" The machine was busy with other work (load {load}), which also swells ratios.\n"
    return (
        f"Measured {document['measured_at'][:10]} at commit `{document['commit']}` on "
        f"{on['processor']}, {on['cores']} cores, {on['memory_gb']} GB, {on['system']}, "
        f"Python {on['python']}{'; ' + packages if packages else ''}.{busy if is_busy else chr(10)}"
    )
