"""What every fresh test database has alike is read or made once in a process, not for each one.

All come from one template. The services keep what they made of the reference tables by database
and make it anew where other files were loaded: that stays so, a test that imports some meets it.
"""

import sys
import time
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from services import reference
from services.reference import FRESH_SECONDS, Loaded, Reference

_compiled: dict[Any, tuple[Any, Any]] = {}
_pictures: dict[Loaded, Reference] = {}
_made: dict[tuple[str, Loaded], dict[Any, Any]] = {}


def remember(engine: Engine) -> None:
    """Give the fresh database what was learnt of the template; it has the template's tables."""
    _share_compiled_statements(engine)
    with Session(engine) as session:
        loaded = reference.loaded_files(session)
        if loaded not in _pictures:
            _pictures[loaded] = reference._read(session)
    asked_long_ago = time.monotonic() - FRESH_SECONDS
    reference._kept[engine] = (loaded, asked_long_ago, _pictures[loaded])
    if coding := sys.modules.get("services.coding.title_coding"):
        indexes, backgrounds = _made_of(loaded, "indexes"), _made_of(loaded, "backgrounds")
        coding._kept[engine] = coding._Kept(loaded, indexes, backgrounds)
    if offers := sys.modules.get("services.coding.text_offers"):
        offers._kept[engine] = (loaded, _made_of(loaded, "finders"))


def pictures() -> list[Reference]:
    """Of the reference tables, one for each state in which a test's database began."""
    return list(_pictures.values())


def _made_of(loaded: Loaded, kind: str) -> dict[Any, Any]:
    return _made.setdefault((kind, loaded), {})


def _share_compiled_statements(engine: Engine) -> None:
    """SQLAlchemy compiles each statement once for a dialect, and every engine brings its own."""
    own = engine.dialect, engine._compiled_cache
    key = engine.dialect.name, engine.dialect.dbapi
    engine.dialect, engine._compiled_cache = _compiled.setdefault(key, own)
    engine.pool._dialect = engine.dialect
