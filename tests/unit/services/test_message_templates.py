"""Every message says the same in both languages, and an SMS names nobody."""

from copy import deepcopy
from typing import Any

import pytest

from services.notifications.templates import _checked, areas, template, templates

TOLD: dict[str, Any] = {
    "to": "jobseeker",
    "channels": ["sms", "email"],
    "title": {"ka": "პასუხი", "en": "Answer"},
    "sms": {"ka": "პასუხი: {link}", "en": "Answer: {link}"},
    "subject": {"ka": "ვაკანსია {vacancy}", "en": "Vacancy {vacancy}"},
    "body": {"ka": "{vacancy} {link}", "en": "{vacancy} {link}"},
}


def changed(part: str, value: object) -> dict[str, Any]:
    return {**deepcopy(TOLD), part: value}


def test_every_template_of_every_area_is_whole() -> None:
    assert areas()
    assert len(templates()) >= len(areas())


def test_a_template_knows_what_it_needs() -> None:
    assert _checked("test.answer", TOLD).placeholders == {"link", "vacancy"}


@pytest.mark.parametrize(
    ("part", "value", "problem"),
    [
        ("sms", None, "sms is missing"),
        ("sms", {"ka": "პასუხი"}, "needs a text in ka and en"),
        ("sms", {"ka": "ა {link}", "en": "a"}, "languages differ in ..link"),
        ("sms", {"ka": "{first_name}", "en": "{first_name}"}, "tells ..first_name.. in an SMS"),
        ("sms", {"ka": "ა" * 300, "en": "a"}, "300 letters"),
        ("subject", {"ka": "{link}", "en": "{link}"}, "subject must not hold a link"),
        ("title", {"ka": "{vacancy}", "en": "{vacancy}"}, "title is shown without values"),
        ("channels", ["sms"], "subject is not used"),
    ],
)
def test_a_template_that_is_not_whole_is_refused(part: str, value: object, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        _checked("test.answer", changed(part, value))


@pytest.mark.parametrize("name", ["road", "road.nothing", "nowhere.at_all", "../road.please_call"])
def test_an_unknown_template_is_a_mistake_of_the_programme(name: str) -> None:
    with pytest.raises(LookupError):
        template(name)
