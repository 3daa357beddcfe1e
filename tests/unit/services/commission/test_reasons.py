"""What a refused candidate is told: complete, in both languages, kind, about nobody else."""

import re
from datetime import date

import pytest

from domain.enums import DecisionReason
from domain.exceptions import InvalidInput
from domain.records.decisions import CodedReason
from services.commission.decisions.reasons import (
    candidate_texts,
    in_both,
    list_reasons,
    reasons_of,
    report_texts,
    unless_edited,
    version_on,
)
from services.dated_rules import stored_rules

VERSIONS = [str(entry["version"]) for entry in stored_rules("decision_reasons")]
ALL = [reason for version in VERSIONS for reason in list_reasons(version)]

BLAME = re.compile(
    r"\b(fault|failed|fail|unfit|unsuitable|bad|poor|weak|lack|lacking|unfortunately|refus\w+)\b"
    r"|ბრალ|დამნაშავ|უვარგის|ცუდ|სუსტ|წარუმატებ|ვერ შეძელით|არ გყოფნით|უარყოფ|შეუფერებ|უარი",
    re.IGNORECASE,
)
OTHERS = re.compile(
    r"\b(other candidates?|others? (people|persons?)|better than|somebody else|another person)\b"
    r"|სხვა (კანდიდატ|პირ|ადამიან)|სხვებ|სხვებზე|უკეთეს|სჯობ|უპირატესობა მიენიჭა",
    re.IGNORECASE,
)


@pytest.mark.parametrize("reason", ALL, ids=lambda reason: reason.code)
def test_every_code_has_all_its_texts(reason: CodedReason) -> None:
    for texts in (reason.name, reason.candidate, reason.report):
        assert set(texts) == {"ka", "en"}
        assert re.search("[ა-ჰ]", texts["ka"]) and not re.search("[ა-ჰ]", texts["en"])
        assert not re.search("[a-z]", texts["ka"])
    assert reason.code.split(".")[0] == reason.group.value


@pytest.mark.parametrize("reason", ALL, ids=lambda reason: reason.code)
def test_no_text_blames_or_speaks_of_anybody_else(reason: CodedReason) -> None:
    for text in (*reason.candidate.values(), *reason.report.values()):
        assert not BLAME.search(text), text
        assert not OTHERS.search(text), text


@pytest.mark.parametrize("reason", ALL, ids=lambda reason: reason.code)
def test_candidate_is_addressed_and_told_more_than_the_report_says(reason: CodedReason) -> None:
    assert re.search(r"\byou", reason.candidate["en"])
    assert re.search(r"თქვენ|გვაცნობ|გვითხარ|განგიხილავთ|დაგიკავშირდ", reason.candidate["ka"])
    assert len(reason.candidate["ka"]) > len(reason.report["ka"])


def test_every_group_of_the_model_has_a_code() -> None:
    assert {reason.group for reason in list_reasons()} == set(DecisionReason)


def test_every_list_says_from_when_and_from_where_it_is() -> None:
    for entry in stored_rules("decision_reasons"):
        assert entry["source"] and entry["reason"] and isinstance(entry["valid_from"], date)
        codes = [one["code"] for one in entry["codes"]]
        assert len(codes) == len(set(codes))
    assert version_on(date(2026, 11, 22)) in VERSIONS


def test_several_reasons_are_told_one_after_another_in_the_order_of_the_list() -> None:
    told = candidate_texts(["documents.passport", "person.language"])
    assert told["en"].index("language") < told["en"].index("passport")
    assert report_texts(["person.language"])["en"].endswith("below what is asked.")


def test_code_that_is_not_on_the_list_is_refused() -> None:
    with pytest.raises(InvalidInput):
        reasons_of(["person.looks"])


def test_text_of_the_list_is_not_stored_as_somebodys_own() -> None:
    standard = candidate_texts(["person.dates"])
    assert unless_edited(standard["ka"] + " ", standard) is None
    assert unless_edited("  ", standard) is None
    assert unless_edited(" In April you are in Spain. ", standard) == "In April you are in Spain."


def test_own_words_of_the_chair_are_shown_in_both_languages() -> None:
    standard = candidate_texts(["person.dates"])
    assert in_both(None, standard) == standard
    assert in_both("So it is.", standard) == {"ka": "So it is.", "en": "So it is."}
    assert in_both(None, None) is None
