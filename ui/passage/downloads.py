"""A download belongs to whoever's screen offers it."""

from __future__ import annotations

from pathlib import PurePosixPath

from ui.passage import windows
from ui.passage.windows import Identity


def is_somebody_elses(path: str, by: Identity) -> bool:
    """Whether other officers' screens offer this file and none of this officer's does.

    While a screen is drawn anew nobody offers it for a moment: the long random address has to do.
    """
    offering = windows.windows_showing(PurePosixPath(path).stem)
    owners = {windows.owner_of(window) for window in offering} - {None}
    return bool(owners) and by.officer_id not in {o.officer_id for o in owners if o is not None}
