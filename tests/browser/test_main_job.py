"""The main job from intake to decision, walked by the officers who do it."""

from playwright.sync_api import expect

from matching.names import romanise_name
from tests.browser import walk
from tests.browser.conftest import Sit
from tests.browser.desk import Desk


def test_a_vacancy_goes_from_intake_to_decisions_in_both_languages(sit: Sit) -> None:
    manager = sit("manager", "ka")
    approved, decided = walk.approved_of_decided(manager)

    recruiter = sit("recruiter", "ka")
    number = walk.create_vacancy(recruiter, "Herb picker", "სურნელოვანი მცენარეების მკრეფავი")
    people = shortlist(recruiter, number)
    session = walk.plan_session(recruiter, "თბილისი, ოთახი 5")
    walk.send_shortlist(recruiter, number, session, f"სწრაფად იწყებს {people[0][0]}.")

    reading = {"member.agency": "en", "member.io": "ka", "member.ngo": "ka"}
    members = {name: sit(name, language) for name, language in reading.items()}
    chair = sit("chair", "en")
    for desk in (*members.values(), chair):
        walk.take_seat(desk, session)
    recuse(members.pop("member.io"))
    chair.click(chair.word("Open the session"))
    chair.click(chair.word("Start the voting"))
    for desk in (*members.values(), chair):
        walk.declare(desk, "no conflict")
        for candidate in (1, 2, 3, 4):
            reads_blind(desk, candidate, people)
            if candidate == 4 and desk is members["member.agency"]:
                walk.vote(desk, candidate, "against", "Too little experience")
            else:
                walk.vote(desk, candidate, "for")
    close_item(chair)

    assert walk.approved_of_decided(manager) == (approved + 3, decided + 4)
    walk.audit_trail_shows(sit("admin", "ka"), people[0][1])


def shortlist(recruiter: Desk, number: str) -> list[tuple[str, ...]]:
    """Read the reasons, take the best three and, with a reason, the ninth; compare two."""
    _ = recruiter.word
    walk.rank(recruiter, number)
    people = [walk.open_person(recruiter, rank) for rank in (1, 2, 3, 9)]
    recruiter.sees(_("What would raise it"))
    walk.preselect(recruiter, 1, 2, 3)
    walk.preselect_against_rank(recruiter, 9, "იცნობს ამ კულტურას")
    recruiter.sees(_("Preselected ({count})", count=4))
    walk.compare(recruiter, people[:2])
    return people


def recuse(member: Desk) -> None:
    """Who knows the employer does not get to see the file."""
    _ = member.word
    walk.declare(member, "employer", "დამსაქმებელს ვიცნობ")
    member.sees(_("You declared a conflict of interest here: the file stays closed to you."))
    member.sees_not(_("Candidate {number}", number="01"))
    expect(member.page.get_by_role("button", name=_("Cast vote"))).to_have_count(0)


def reads_blind(member: Desk, candidate: int, people: list[tuple[str, ...]]) -> None:
    """Nothing on the page says who the candidates are."""
    walk.open_candidate(member, candidate)
    page = member.everything()
    for name, file in people:
        parts = (*name.split(), *romanise_name(name).split(), file)
        assert not [part for part in parts if part in page]


def close_item(chair: Desk) -> None:
    """Count the votes, record what follows from them, and see the reserve's order."""
    _ = chair.word
    walk.count_votes(chair, approved=3, reserve=1)
    chair.sees(_("The decisions are recorded."))
    chair.sees(f"◐ {_('on reserve list')} · 1")
    chair.click(_("Close the session"))
    chair.sees(_("The session is closed and its decisions are recorded."))
