"""Whose window is it: Streamlit's own sessions, and what of theirs lies in memory.

Streamlit has no public way to ask this. The names below are those of the pinned version; the probes
against the running app fail where an update changes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from streamlit import runtime

FOLDER = "/_stcore/upload_file/"
MEDIA = "/media/"


@dataclass(frozen=True)
class Identity:
    """Who the gate has let in: the officer and the sign-in session."""

    officer_id: int
    session_id: str


def owner_of(window: str) -> Identity | None:
    """Who opened the window; None where there is no such one."""
    info = _sessions().get_session_info(window) if runtime.exists() else None
    return _identity(info.session) if info else None


def windows_of(officer_id: int) -> set[str]:
    """Every window of the officer that Streamlit still keeps, also closed ones."""
    return _of(officer_id, _sessions().list_sessions())


def open_windows_of(officer_id: int) -> set[str]:
    """Every window of the officer that is open now."""
    return _of(officer_id, _sessions().list_active_sessions()) if runtime.exists() else set()


def _of(officer_id: int, sessions: Iterable[Any]) -> set[str]:
    owners = ((info.session.id, _identity(info.session)) for info in sessions)
    return {window for window, owner in owners if owner and owner.officer_id == officer_id}


def stored_files(window: str) -> Mapping[str, int]:
    """Size of each uploaded file of the window by id, oldest first."""
    kept = _uploads().file_storage.get(window, {})
    return {file_id: len(file.data) for file_id, file in list(kept.items())}


def windows_with_files() -> list[str]:
    """Every window that uploaded something which is still in memory."""
    return list(_uploads().file_storage)


def drop_file(window: str, file_id: str) -> None:
    """Forget an uploaded file: its field is empty from now on."""
    _uploads().remove_file(window, file_id)


def windows_showing(file_id: str) -> set[str]:
    """Windows whose screen now offers this download or picture."""
    if not runtime.exists():
        return set()
    shown = runtime.get_instance().media_file_mgr._files_by_session_and_coord
    return {window for window, files in list(shown.items()) if file_id in list(files.values())}


def _identity(session: Any) -> Identity | None:
    told = session._user_info
    officer, sid = told.get("uid"), told.get("sid")
    return Identity(int(officer), str(sid)) if officer and sid else None


def _sessions() -> Any:
    return runtime.get_instance()._session_mgr


def _uploads() -> Any:
    return runtime.get_instance().uploaded_file_mgr
