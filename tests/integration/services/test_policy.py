"""Versions of the ranking rules: made by one, approved by another; old runs stay what they are."""

import ast
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import null, update

from db.models import RankingRunRow
from db.repositories import policy as repository
from db.session import reading, unit_of_work
from domain.enums import (
    AskedFact,
    CefrLevel,
    DecisionOutcome,
    RequirementKind,
    Role,
    VersionStanding,
)
from domain.exceptions import InvalidInput, NotFound, PermissionDenied, Refused
from domain.records.officer import Officer
from domain.records.policy import DraftForm, ParametersVersion, Suggestion, SuggestionState
from domain.records.ranking import RankingSummary
from domain.records.vacancy import LanguageWanted
from matching import parameters as built_in
from services import clock
from services.gaps.found import find as find_gaps_now
from services.jobseekers.bulk_registration import upsert_jobseekers
from services.policy import approval, drafts, preview, suggestion, versions
from services.questions.listing import list_questions_worth_asking
from services.rankings import ranking
from services.rankings.ranking_start import get_ready
from services.rankings.runs import reproduce_run, stored_order
from services.shortlists.preselection import preselect_candidates
from tests.conventions.tree import parsed, shown, sources
from tests.factories.officers import officer
from tests.factories.rankings import picker, register_pickers
from tests.factories.vacancies import published_vacancy

LANGUAGE_FIRST = {
    "occupation": Decimal("0.1"),
    "skills": Decimal("0.1"),
    "languages": Decimal("0.6"),
    "experience": Decimal("0.1"),
    "readiness": Decimal("0.1"),
}


@pytest.fixture
def by(database: object) -> Officer:
    """The recruiter who proposes; on both databases."""
    return officer()


@pytest.fixture
def recruiter(sqlite_database: object) -> Officer:
    return officer()


def manager(name: str = "manager-test") -> Officer:
    return officer(Role.MANAGER, name)


def form_of(known: ParametersVersion, **changed: Any) -> DraftForm:
    filled = DraftForm(
        valid_from=known.valid_from,
        reason="Instructions have to be understood.",
        reference="Order 7 of the agency, article 2",
        values={each.name: each.value for each in known.values},
    )
    return replace(filled, **changed)


def drafted(by: Officer, weights: dict[str, Decimal] | None = None, **changed: Any) -> str:
    draft = drafts.start_draft(weights=weights, by=by)
    form = form_of(draft, **changed)
    return drafts.save_draft(version=draft.version, form=form, edition=draft.edition, by=by).version


def proposed(by: Officer, weights: dict[str, Decimal] | None = None, **changed: Any) -> str:
    version = drafted(by, weights or LANGUAGE_FIRST, **changed)
    return drafts.propose_version(version=version, by=by).version


def approved(version: str, by: Officer) -> ParametersVersion:
    known = versions.get_version(version=version, by=by)
    preview.preview_version(version=known, by=by)
    return approval.approve_version(version=version, note="As discussed.", by=by)


def ranked(number: str, by: Officer) -> RankingSummary:
    return ranking.rank_vacancy(vacancy_number=number, by=by)


def order_of(run: int) -> list[tuple[int, int]]:
    with reading() as session:
        order = stored_order(session, run)
    return list(zip(order.person.tolist(), order.points.tolist(), strict=True))


# --- reproducing


def test_an_old_run_is_reproduced_with_its_own_version_after_another_is_approved(
    by: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    register_pickers(30, by)
    vacancy = published_vacancy(by)
    old = ranked(vacancy.number, by)
    kept = order_of(old.run_id)
    boss = manager()
    made = approved(proposed(by), boss)
    new = ranked(vacancy.number, by)
    assert (old.parameters, new.parameters) == ("2026-01", made.version)
    assert order_of(new.run_id) != kept

    # Whatever becomes of the files: here the built-in version has other values overnight.
    ((parameters, written),) = built_in._built_in()
    changed = replace(parameters, weight_skills=0, weight_languages=550)
    monkeypatch.setattr(built_in, "_built_in", lambda: ((changed, written),))
    for run, version in ((old, "2026-01"), (new, made.version)):
        again = reproduce_run(run.run_id)
        assert again.is_same and again.parameters.version == version
    assert reproduce_run(old.run_id).parameters == parameters
    assert order_of(old.run_id) == kept


def test_a_run_that_is_older_than_kept_values_is_given_them_at_the_next_start(
    by: Officer,
) -> None:
    register_pickers(12, by)
    run = ranked(published_vacancy(by).number, by)
    with unit_of_work() as work:
        work.session.execute(update(RankingRunRow).values(parameters=null()))
        work.commit()
    assert reproduce_run(run.run_id).is_same
    get_ready()
    with reading() as session:
        kept = session.get_one(RankingRunRow, run.run_id).parameters
    assert kept == built_in.to_plain(built_in.load("2026-01"))


# --- which one counts


def test_only_an_approved_version_counts_and_only_from_its_day(by: Officer) -> None:
    boss, today = manager(), clock.today()
    later = today + timedelta(40)
    version = proposed(by, valid_from=later)
    assert versions.parameters_at(later).version == "2026-01"
    approved(version, boss)
    assert versions.parameters_at(today).version == "2026-01"
    assert versions.parameters_at(later).version == version
    assert version.startswith(f"{later:%Y-%m}-")
    policy = versions.get_policy(by=by)
    assert [one.standing for one in policy.versions] == [
        VersionStanding.COMING,
        VersionStanding.IN_FORCE,
    ]
    assert policy.in_force.valid_until == later - timedelta(1)

    now = approved(proposed(by), boss)
    assert versions.parameters_at(today).version == now.version
    second = approved(proposed(by, {**LANGUAGE_FIRST, "skills": Decimal("0.2"),
                                    "readiness": Decimal(0)}), boss)  # fmt: skip
    assert versions.parameters_at(today).version == second.version
    standing = {one.version: one.standing for one in versions.get_policy(by=by).versions}
    assert standing[now.version] is VersionStanding.SUPERSEDED
    assert versions.parameters_of(now.version).weight_languages == 600


WEIGHTS = st.lists(st.integers(0, 100), min_size=5, max_size=5).filter(sum)


@given(parts=WEIGHTS, steps=st.integers(0, 3))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_version_that_is_not_approved_never_touches_a_ranking(
    parts: list[int], steps: int, register: tuple[Officer, Officer, str, RankingSummary]
) -> None:
    """Drafted, proposed, refused or taken back: the same run, to the last point."""
    by, boss, vacancy, before = register
    shares = [Decimal(1000 * part // sum(parts)) / 1000 for part in parts]
    shares[0] += 1 - sum(shares)
    version = drafted(by, dict(zip(LANGUAGE_FIRST, shares, strict=True)))
    if steps:
        drafts.propose_version(version=version, by=by)
    if steps == 2:
        approval.reject_version(version=version, note="Not now.", by=boss)
    if steps == 3:
        drafts.take_back(version=version, by=by)
    assert ranked(vacancy, by) == before
    with pytest.raises(NotFound):
        ranking.rank_vacancy(vacancy_number=vacancy, parameters=version, by=by)


@pytest.fixture
def register(recruiter: Officer) -> tuple[Officer, Officer, str, RankingSummary]:
    register_pickers(12, recruiter)
    number = published_vacancy(recruiter).number
    return recruiter, manager(), number, ranked(number, recruiter)


def test_services_ask_one_place_which_version_counts() -> None:
    asking = {
        shown(path)
        for path in sources("services", "cli", "ui", "pages")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom) and node.module == "matching.parameters"
        if {one.name for one in node.names} & {"parameters_at", "load", "all_versions"}
    }
    assert asking == set()


# --- who may


def test_whoever_made_a_version_does_not_approve_it(by: Officer) -> None:
    boss = manager()
    version = proposed(boss)
    known = versions.get_version(version=version, by=boss)
    preview.preview_version(version=known, by=boss)
    with pytest.raises(Refused, match="another manager"):
        approval.approve_version(version=version, by=boss)
    with pytest.raises(Refused, match="another manager"):
        approval.reject_version(version=version, note="No.", by=boss)
    with pytest.raises(PermissionDenied):
        approval.approve_version(version=version, by=by)
    assert approved(version, manager("second")).standing is VersionStanding.IN_FORCE


def test_nobody_approves_unseen(recruiter: Officer) -> None:
    boss, other = manager(), manager("other")
    version = proposed(recruiter)
    known = versions.get_version(version=version, by=boss)
    preview.preview_version(version=known, by=other)
    with pytest.raises(Refused, match="preview first"):
        approval.approve_version(version=version, by=boss)
    preview.preview_version(version=known, by=boss)
    done = approval.approve_version(version=version, by=boss)
    assert done.preview is not None and done.preview["vacancies"] == 0


def test_the_preview_of_a_draft_that_is_gone_counts_for_no_other(recruiter: Officer) -> None:
    boss, first = manager(), proposed(recruiter)
    preview.preview_version(version=versions.get_version(version=first, by=boss), by=boss)
    drafts.take_back(version=first, by=recruiter)
    drafts.discard_draft(version=first, by=recruiter)
    others = {**LANGUAGE_FIRST, "languages": Decimal("0.1"), "skills": Decimal("0.6")}
    second = proposed(recruiter, others)
    assert second == first  # the name was free again
    with pytest.raises(Refused, match="preview first"):
        approval.approve_version(version=second, by=boss)


def test_an_approved_version_is_never_changed(recruiter: Officer) -> None:
    made = approved(proposed(recruiter), manager())
    for change in (
        lambda: drafts.save_draft(
            version=made.version, form=form_of(made), edition=made.edition, by=recruiter
        ),
        lambda: drafts.discard_draft(version=made.version, by=recruiter),
        lambda: drafts.propose_version(version=made.version, by=recruiter),
        lambda: drafts.take_back(version=made.version, by=recruiter),
    ):
        with pytest.raises((Refused, Exception), match="draft|become"):
            change()
    assert versions.get_version(version=made.version, by=recruiter).weights == LANGUAGE_FIRST


def test_a_draft_is_its_author_s_alone(recruiter: Officer) -> None:
    version, boss = drafted(recruiter), manager()
    assert version not in {one.version for one in versions.get_policy(by=boss).versions}
    for use in (drafts.propose_version, drafts.discard_draft):
        with pytest.raises(NotFound):
            use(version=version, by=boss)
    with pytest.raises(Refused, match="another window"):
        known = versions.get_version(version=version, by=recruiter)
        drafts.save_draft(version=version, form=form_of(known), edition=1, by=recruiter)
    drafts.discard_draft(version=version, by=recruiter)
    assert len(versions.get_policy(by=recruiter).versions) == 1


@pytest.mark.parametrize("role", [Role.COMMISSION_MEMBER, Role.CHAIR, Role.ADMINISTRATOR])
def test_others_make_no_versions(recruiter: Officer, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        drafts.start_draft(by=officer(role))


# --- what is refused


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"weight_skills": "0.36"}, {"weight_*"}),
        ({"weight_skills": "-0.35", "unknown_credit": "1.2"}, {"weight_skills", "unknown_credit"}),
        ({"occupation_same_sub_major_group": "0.8"}, {"occupation_same_minor_group"}),
        ({"skill_related": "0.1"}, {"skill_related"}),
        ({"candidates_per_position": "2.5"}, {"candidates_per_position"}),
    ],
)
def test_each_problem_of_a_draft_is_named(
    recruiter: Officer, changed: dict[str, str], said: set[str]
) -> None:
    draft = drafts.start_draft(by=recruiter)
    values = {each.name: each.value for each in draft.values}
    form = form_of(draft, values=values | {name: Decimal(v) for name, v in changed.items()})
    assert {one.field for one in drafts.find_draft_problems(form)} == said
    saved = drafts.save_draft(version=draft.version, form=form, edition=draft.edition, by=recruiter)
    with pytest.raises(InvalidInput) as refused:
        drafts.propose_version(version=saved.version, by=recruiter)
    assert {one.field for one in refused.value.problems} == said


def test_a_draft_without_reason_or_in_the_past_is_not_proposed(recruiter: Officer) -> None:
    draft = drafts.start_draft(weights=LANGUAGE_FIRST, by=recruiter)
    empty = form_of(draft, reason=" ", reference="", valid_from=clock.today() - timedelta(1))
    assert {one.field for one in drafts.find_draft_problems(empty)} == {
        "reason",
        "reference",
        "valid_from",
    }


def test_a_proposal_whose_day_has_passed_is_not_approved(recruiter: Officer) -> None:
    with clock.at(clock.now() - timedelta(2)):
        boss, version = manager(), proposed(recruiter)
    with pytest.raises(Refused, match="has passed"):
        approved(version, boss)


def test_a_changed_value_has_the_new_reason_and_others_keep_theirs(recruiter: Officer) -> None:
    made = versions.get_version(version=proposed(recruiter), by=recruiter)
    of = {each.name: each for each in made.values}
    assert of["weight_languages"].reason == "Instructions have to be understood."
    assert of["weight_languages"].reference == "Order 7 of the agency, article 2"
    assert of["unknown_credit"].reason.startswith("An empty field")


# --- the preview


@pytest.fixture
def seen(recruiter: Officer) -> tuple[ParametersVersion, Officer, str]:
    register_pickers(40, recruiter)
    wanted = LanguageWanted("de", CefrLevel.C1, RequirementKind.PREFERRED)
    vacancy = published_vacancy(recruiter, positions=2, languages=(wanted,))
    run = ranked(vacancy.number, recruiter)
    first = ranking.list_candidates(run_id=run.run_id, limit=6, by=recruiter).rows
    preselect_candidates(
        run_id=run.run_id,
        external_ids=[row.external_id for row in first],
        by=recruiter,
    )
    version = versions.get_version(version=proposed(recruiter), by=recruiter)
    return version, manager(), vacancy.number


def test_the_preview_says_exactly_who_enters_leaves_and_moves(
    seen: tuple[ParametersVersion, Officer, str],
) -> None:
    version, boss, number = seen
    found = preview.preview_version(version=version, by=boss)
    (one,) = found.vacancies
    before = places_of(number, boss)
    approval.approve_version(version=version.version, by=boss)
    after = places_of(number, boss)
    assert before[:6] != after[:6]
    assert [p.external_id for p in one.entering] == [p for p in after[:6] if p not in before[:6]]
    assert [p.external_id for p in one.leaving] == [p for p in before[:6] if p not in after[:6]]
    assert {(p.external_id, p.before, p.after) for p in one.preselected} == {
        (p, before.index(p) + 1, after.index(p) + 1) for p in before[:6]
    }
    assert found.counts()["entering"] == len(one.entering) > 0
    assert len(one.dropped) == len(one.leaving)


def places_of(number: str, by: Officer) -> list[str]:
    run = ranked(number, by)
    return [r.external_id for r in ranking.list_candidates(run_id=run.run_id, limit=99, by=by).rows]


def test_a_preview_is_made_once_and_told_again(
    seen: tuple[ParametersVersion, Officer, str],
) -> None:
    version, boss, _ = seen
    first = preview.preview_version(version=version, by=boss)
    assert preview.preview_version(version=version, by=boss) is first
    assert preview.preview_version(version=version, anew=True, by=boss) is not first


# --- what decisions suggest


def seen_of(credits: tuple[float, ...], unknown: float) -> dict[str, Any]:
    """What a commission sees: a row a criterion, the languages partly unknown."""
    rows = []
    for name, credit in zip(LANGUAGE_FIRST, credits, strict=True):
        low = round(200_000 * credit * (1 - unknown if name == "languages" else 1))
        high = low + round(200_000 * unknown) if name == "languages" else low
        rows.append({"criterion": name, "points_max": 200_000, "low": low, "high": high})
    rows.append({"criterion": "not_available", "points_max": 0, "low": 0, "high": 0})
    return {"rows": rows}


def decided(
    shortlists: int, size: int, choose: Callable[[tuple[float, ...]], bool]
) -> list[tuple[int, DecisionOutcome, dict[str, Any]]]:
    rng = np.random.default_rng(7)
    found = []
    for shortlist in range(shortlists):
        for _ in range(size):
            credits = tuple(rng.random(5).tolist())
            outcome = DecisionOutcome.APPROVED if choose(credits) else DecisionOutcome.RESERVE
            found.append((shortlist, outcome, seen_of(credits, round(rng.random() * 0.3, 2))))
    return found


def by_languages(credits: tuple[float, ...]) -> bool:
    noise = np.random.default_rng(int(credits[0] * 1e9)).logistic(0, 0.1)
    return bool(0.7 * credits[2] + 0.3 * credits[0] + noise > 0.5)


def suggested(monkeypatch: pytest.MonkeyPatch, found: list[Any], by: Officer) -> Suggestion:
    monkeypatch.setattr(repository, "decisions", lambda session: found)
    return suggestion.get_suggestion(by=by)


def test_decisions_suggest_what_they_followed_and_change_nothing(
    recruiter: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = suggested(monkeypatch, decided(40, 12, by_languages), recruiter)
    assert told.state is SuggestionState.READY and told.decisions == 480
    weights = {one.criterion: one for one in told.weights}
    languages = weights["languages"]
    assert languages.suggested is not None and languages.low is not None
    assert languages.suggested > languages.low > languages.now
    assert versions.parameters_at(clock.today()).version == "2026-01"
    assert len(versions.get_policy(by=recruiter).versions) == 1
    shares = told.draft_weights()
    assert sum(shares.values()) == 1 and min(shares.values()) >= 0
    draft = drafts.start_draft(weights=shares, by=recruiter)
    assert draft.weights == shares and draft.standing is VersionStanding.DRAFT


@pytest.mark.parametrize(("shortlists", "size"), [(16, 12), (0, 0)])
def test_below_the_stated_number_no_figures_are_told(
    recruiter: Officer, monkeypatch: pytest.MonkeyPatch, shortlists: int, size: int
) -> None:
    told = suggested(monkeypatch, decided(shortlists, size, by_languages), recruiter)
    assert told.state is SuggestionState.TOO_FEW
    assert (told.decisions, told.needed) == (shortlists * size, 200)
    assert told.weights == () and told.unknown is None


def test_many_decisions_that_are_nearly_all_alike_are_too_few(
    recruiter: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = suggested(monkeypatch, decided(30, 12, lambda credits: credits[2] > 0.1), recruiter)
    assert told.state is SuggestionState.TOO_FEW and told.decisions == 360


def test_real_decisions_are_read_with_what_was_seen(sample_database: object) -> None:
    with reading() as session:
        found = repository.decisions(session)
        assert len(found) == repository.count_decisions(session) > 50
    arrays = suggestion.decisions_of(found)
    asked = ~np.isnan(arrays.credit)
    assert asked[:, 0].all() and asked.any(axis=0).all()
    both = arrays.credit[asked] + arrays.unknown[asked]
    assert both.min() >= 0 and both.max() <= 1


# --- every screen


def test_questions_and_gaps_follow_the_version_in_force(recruiter: Officer) -> None:
    """Both are kept while nothing changes; other rules are a change."""
    register_pickers(30, recruiter)
    silent = replace(picker(18), languages=(), personal_number="99999999999", birth_date=None)
    with unit_of_work() as work:
        upsert_jobseekers(work.session, [("Q-00001", silent)], recruiter)
        work.commit()
    wanted = LanguageWanted("de", CefrLevel.B1, RequirementKind.PREFERRED)
    number = published_vacancy(recruiter, positions=2, languages=(wanted,), scheme_code=None).number

    def told() -> tuple[int, str]:
        (question,) = (
            row
            for row in list_questions_worth_asking(external_id="Q-00001", by=recruiter).rows
            if row.fact is AskedFact.LANGUAGES
        )
        run = ranked(number, recruiter)
        own = ranking.explain_candidate(run_id=run.run_id, external_id="Q-00001", by=recruiter)
        assert question.moves[0].rank == own.rank
        return question.moves[0].rank, find_gaps_now(recruiter).asked.parameters.version

    before = told()
    made = approved(proposed(recruiter), manager())
    after = told()
    assert after[0] != before[0]
    assert (before[1], after[1]) == ("2026-01", made.version)
