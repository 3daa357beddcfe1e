"""The child process that looks into a file: bounded memory, and nothing loaded that it can't use.

`python -m services.official_documents.inspection_child x.pdf` takes the file on standard input.
"""

from __future__ import annotations

import json
import sys

from domain.exceptions import UnusableFile
from domain.texts import to_json
from services import clock
from services.official_documents.inspection import inspected
from services.official_documents.limits import limits_on


def main() -> None:
    """Limit itself, look, answer with a line of JSON and what is kept."""
    limits = limits_on(clock.today())
    _limit_memory(limits.child_memory_bytes)
    content = sys.stdin.buffer.read(limits.file_bytes + 1)
    try:
        form, kept = inspected(sys.argv[1], content, limits)
        answer = json.dumps({"format": form.value}).encode() + b"\n" + kept
    except UnusableFile as refused:
        answer = json.dumps({"refused": to_json(refused.sentence)}).encode() + b"\n"
    except MemoryError:
        sys.exit(3)
    sys.stdout.buffer.write(answer)


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # not on this system: the checks before parsing still hold
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
