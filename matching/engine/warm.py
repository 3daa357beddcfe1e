"""Makes the compiled functions ready, so that the first click does not wait for them."""

from __future__ import annotations

import threading

from domain.enums import Evidence
from matching.engine.lexicon import inverted_by, lexicon_of
from matching.parameters import all_versions
from matching.pool import Pool
from matching.prospects import prospects
from matching.ranking import rank
from matching.top import top
from matching.types import LanguageAsked, OccupationHeld, Profile, Requirement, Vocabulary

_done = threading.Event()
_guard = threading.Lock()


def warm() -> None:
    """Call every compiled function once: under a second, or the compilation after an update.

    Safe from several threads; whoever comes later waits for the first.
    """
    with _guard:
        if not _done.is_set():
            _rank_somebody()
            _done.set()


def prepare(pool: Pool, vocabulary: Vocabulary) -> None:
    """Note who has which skill by this vocabulary, as the first ranking otherwise would."""
    state = pool.state
    lexicon = lexicon_of(state.names, vocabulary)
    for shard in state.shards:
        inverted_by(shard, lexicon)


def _rank_somebody() -> None:
    stated = Evidence.STATED
    person = Profile(
        person=1,
        registered=700_000,
        occupations=(OccupationHeld("9211", 1.0),),
        skills={"a": stated},
        languages={"de": (1, stated)},
        licences={"B": stated},
        desired_countries=frozenset({"DE"}),
    )
    asked = Requirement(
        vacancy="",
        country="DE",
        occupations=("9211",),
        skills_essential=("a", "b"),
        languages=(LanguageAsked("de", 1, must=True),),
        licences_required=("B",),
        start=730_000,
    )
    words = Vocabulary({"a": "g", "b": "g"}, {"g": "h"}, {"9211": frozenset({"b"})})
    parameters = all_versions()[-1]
    pool = Pool([person])
    rank(pool, asked, words, parameters)
    top(pool, asked, words, parameters)
    prospects(pool, 1, [asked], words, parameters)
