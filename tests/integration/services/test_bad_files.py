"""Files that mean harm or are broken: each is read or refused with what to do, none breaks us."""

import re

import pytest

from services.texts import render
from tests.bad_files.documents import DOCUMENTS
from tests.bad_files.doors import bring
from tests.bad_files.kinds import BadFile, Door
from tests.bad_files.others import OTHERS
from tests.bad_files.tables import TABLES
from tests.bad_files.workbooks import WORKBOOKS

CORPUS: tuple[BadFile, ...] = (*TABLES, *WORKBOOKS, *DOCUMENTS, *OTHERS)


def test_corpus_has_more_than_ninety_kinds_and_none_twice() -> None:
    assert len({str(bad) for bad in CORPUS}) == len(CORPUS) > 90


@pytest.mark.parametrize("bad", CORPUS, ids=str)
def test_bad_file_is_read_whole_or_refused_with_what_to_do(bad: BadFile) -> None:
    outcome = bring(bad.door, bad.name, bad.make())
    assert not outcome.is_our_fault
    assert (outcome.rows, outcome.rejected) == (bad.rows, bad.rejected)
    assert outcome.asked == bad.asked
    if bad.says is None:
        assert outcome.sentence is None
        return
    assert outcome.sentence is not None
    assert bad.says in str(outcome.sentence)
    if bad.door is not Door.SIGNATURE:  # a finding, whose words the screen has
        georgian = render(outcome.sentence, "ka")
        assert re.search("[ა-ჰ]{3}", georgian)
