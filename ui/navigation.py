"""The registry of screens: each area adds its own lines.

A screen is a module of `pages/` that defines `render(officer)`. Everything about it that is not
drawing stands here: title, icon, section of the menu, the permission that opens it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NoReturn

import streamlit as st

from domain.enums import Role
from domain.records.officer import Officer
from domain.texts import N_
from services.permissions import Permission, can

RECRUITMENT = N_("Recruitment")
COMMISSION = N_("Commission")
DEPARTURE = N_("Departure")
ABROAD = N_("Abroad")
PAPERS = N_("Document flow")
STATISTICS = N_("Statistics")
ADMINISTRATION = N_("Administration")
PRIVACY = ADMINISTRATION  # an eighth section would push the bar of a manager over its end


ADDRESSED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,79}")
"""Ids and codes as this system makes them."""
PERSONAL = re.compile(r"\d{11}|\d{2}[A-Z]{2}\d{5}")
"""Personal and passport numbers."""


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One screen; `name` is its module in `pages/` and its address."""

    name: str
    title: str
    icon: str
    section: str
    permission: Permission | None
    visible: bool = True
    """False for a screen that is reached from another one: a person, a dossier."""


PAGES: tuple[PageSpec, ...] = (
    # Recruitment
    PageSpec("today", N_("Today"), "🗓️", RECRUITMENT, Permission.CANDIDATES_PRESELECT),
    PageSpec("ranking", N_("Ranking"), "🏅", RECRUITMENT, Permission.RANKING_READ),
    PageSpec("season", N_("Season plan"), "🧩", RECRUITMENT, Permission.RANKING_READ),
    PageSpec(
        "questions",
        N_("Questions worth asking"),
        "📞",
        RECRUITMENT,
        Permission.CANDIDATES_PRESELECT,
    ),
    PageSpec("jobseekers", N_("Job-seekers"), "🧑‍🌾", RECRUITMENT, Permission.JOBSEEKERS_READ),
    PageSpec(
        "jobseeker",
        N_("Job-seeker"),
        "🧑‍🌾",
        RECRUITMENT,
        Permission.JOBSEEKERS_READ,
        visible=False,
    ),
    PageSpec("duplicates", N_("Duplicates"), "🪞", RECRUITMENT, Permission.JOBSEEKERS_MERGE),
    PageSpec(
        "duplicate_pair",
        N_("Two files"),
        "🪞",
        RECRUITMENT,
        Permission.JOBSEEKERS_MERGE,
        visible=False,
    ),
    PageSpec("vacancies", N_("Vacancies"), "📋", RECRUITMENT, Permission.VACANCIES_READ),
    PageSpec("vacancy", N_("Vacancy"), "📋", RECRUITMENT, Permission.VACANCIES_READ, visible=False),
    PageSpec("employers", N_("Employers"), "🏢", RECRUITMENT, Permission.VACANCIES_READ),
    PageSpec(
        "occupation_codes",
        N_("Occupation codes"),
        "🔎",
        RECRUITMENT,
        Permission.VACANCIES_EDIT,
        visible=False,
    ),
    PageSpec("imports", N_("Import"), "📥", RECRUITMENT, Permission.FILES_IMPORT),
    # Commission
    PageSpec("sessions", N_("Sessions"), "🏛️", COMMISSION, Permission.SESSIONS_READ),
    PageSpec("commission", N_("Session"), "⚖️", COMMISSION, Permission.SESSIONS_READ, visible=False),
    PageSpec("commissions", N_("Commissions"), "📇", COMMISSION, Permission.COMMISSIONS_READ),
    PageSpec(
        "declarations", N_("Conflict declarations"), "📝", COMMISSION, Permission.SESSIONS_READ
    ),
    PageSpec("appeals", N_("Appeals"), "🙋", COMMISSION, Permission.APPEALS_READ),
    # Departure
    PageSpec("road", N_("One board"), "🛤️", DEPARTURE, Permission.ROAD_READ),
    PageSpec("cvs", N_("English CVs"), "📝", DEPARTURE, Permission.CVS_READ),
    PageSpec("cv", N_("English CV"), "📝", DEPARTURE, Permission.CVS_READ, visible=False),
    PageSpec("sendings", N_("Sending to employers"), "📦", DEPARTURE, Permission.PACKAGES_READ),
    PageSpec(
        "sending",
        N_("Sending board"),
        "📦",
        DEPARTURE,
        Permission.PACKAGES_READ,
        visible=False,
    ),
    PageSpec(
        "consents",
        N_("Consents"),
        "🤝",
        DEPARTURE,
        Permission.CONSENTS_RECORD,
        visible=False,
    ),
    PageSpec("orientations", N_("Orientation"), "🎓", DEPARTURE, Permission.PREPARATION_READ),
    PageSpec(
        "orientation",
        N_("Orientation session"),
        "🎓",
        DEPARTURE,
        Permission.PREPARATION_READ,
        visible=False,
    ),
    PageSpec("preparation", N_("Before departure"), "🧳", DEPARTURE, Permission.PREPARATION_READ),
    PageSpec("season_calendar", N_("Season calendar"), "📆", DEPARTURE, Permission.VACANCIES_READ),
    PageSpec("messages", N_("Messages"), "📨", DEPARTURE, Permission.MESSAGES_READ),
    # Work abroad and the return
    PageSpec("abroad", N_("People abroad"), "🌍", ABROAD, Permission.DEPLOYMENTS_READ),
    PageSpec(
        "data_shares",
        N_("Extracts for organisations"),
        "📤",
        ABROAD,
        Permission.DEPLOYMENTS_READ,
    ),
    PageSpec(
        "deployment",
        N_("Stay abroad"),
        "🌍",
        ABROAD,
        Permission.DEPLOYMENTS_EDIT,
        visible=False,
    ),
    PageSpec("check_ins", N_("Check-ins"), "📱", ABROAD, Permission.MONITORING_READ),
    PageSpec("cases", N_("Cases abroad"), "📕", ABROAD, Permission.MONITORING_READ),
    PageSpec("case", N_("Case"), "📕", ABROAD, Permission.MONITORING_READ, visible=False),
    PageSpec("visits", N_("Visits"), "🔎", ABROAD, Permission.MONITORING_READ),
    PageSpec("employer_trust", N_("Trust in employers"), "🛡️", ABROAD, Permission.MONITORING_READ),
    PageSpec("returns", N_("Returns"), "🏡", ABROAD, Permission.RETURNS_READ),
    PageSpec("returnee", N_("Return"), "🏡", ABROAD, Permission.RETURNS_READ, visible=False),
    PageSpec("local_vacancies", N_("Vacancies in Georgia"), "🌳", ABROAD, Permission.RETURNS_READ),
    PageSpec(
        "local_vacancy",
        N_("Vacancy in Georgia"),
        "🌳",
        ABROAD,
        Permission.RETURNS_READ,
        visible=False,
    ),
    # Document flow
    PageSpec("correspondence", N_("Correspondence"), "✉️", PAPERS, Permission.LETTERS_READ),
    PageSpec("letter", N_("Letter"), "✉️", PAPERS, Permission.LETTERS_READ, visible=False),
    PageSpec("documents", N_("Documents"), "🖋️", PAPERS, Permission.DOCUMENTS_READ),
    PageSpec("document", N_("Document"), "🖋️", PAPERS, Permission.DOCUMENTS_READ, visible=False),
    PageSpec(
        "absences",
        N_("Absences and substitutes"),
        "🌴",
        PAPERS,
        Permission.ABSENCES_RECORD,
    ),
    # Statistics
    PageSpec("dashboard", N_("Dashboard"), "📊", STATISTICS, Permission.STATISTICS_READ),
    PageSpec("gaps", N_("Gap board"), "🎓", STATISTICS, Permission.RANKING_READ),
    PageSpec(
        "ranking_quality",
        N_("How good is the ranking?"),
        "🎯",
        STATISTICS,
        Permission.STATISTICS_READ,
    ),
    PageSpec("ranking_log", N_("Ranking log"), "📜", STATISTICS, Permission.RANKINGS_AUDIT),
    PageSpec(
        "ranking_run",
        N_("How a ranking was made"),
        "📜",
        STATISTICS,
        Permission.RANKINGS_AUDIT,
        visible=False,
    ),
    PageSpec("fairness", N_("Fairness"), "👐", STATISTICS, Permission.RANKING_READ),
    PageSpec("weights", N_("Weights of the ranking"), "🎚️", STATISTICS, Permission.RANKING_READ),
    # Incidents
    PageSpec("incidents", N_("Incidents"), "🚨", PRIVACY, Permission.INCIDENTS_REPORT),
    PageSpec("incident", N_("Incident"), "🚨", PRIVACY, Permission.INCIDENTS_READ, visible=False),
    PageSpec("impact_assessments", N_("Impact assessments"), "⚖️", PRIVACY, Permission.IMPACT_READ),
    # Personal data
    PageSpec(
        "privacy_requests",
        N_("Requests about personal data"),
        "📬",
        PRIVACY,
        Permission.PRIVACY_REGISTER,
    ),
    PageSpec(
        "privacy_request",
        N_("Request about personal data"),
        "📬",
        PRIVACY,
        Permission.PRIVACY_REGISTER,
        visible=False,
    ),
    PageSpec("accesses", N_("Who looked at the data"), "👁️", PRIVACY, Permission.PRIVACY_READ),
    PageSpec(
        "retention", N_("Retention and depersonalisation"), "⏳", PRIVACY, Permission.PRIVACY_READ
    ),
    PageSpec(
        "processing_register", N_("Processing register"), "🗃️", PRIVACY, Permission.PRIVACY_READ
    ),
    # Administration
    PageSpec("officers", N_("Officers"), "👥", ADMINISTRATION, Permission.OFFICERS_MANAGE),
    PageSpec("coders", N_("Coder of job titles"), "🧠", ADMINISTRATION, Permission.CODERS_TRAIN),
    PageSpec("backups", N_("Backups"), "💾", ADMINISTRATION, Permission.BACKUPS_MANAGE),
    PageSpec("audit_log", N_("Audit log"), "🧾", ADMINISTRATION, Permission.AUDIT_READ),
    PageSpec(
        "classifications",
        N_("Classifications"),
        "🗂️",
        ADMINISTRATION,
        Permission.CLASSIFICATIONS_IMPORT,
    ),
    # Everybody
    PageSpec("account", N_("My account"), "👤", ADMINISTRATION, None, visible=False),
)

FIRST_SCREENS = {
    Role.RECRUITER: "today",
    Role.COMMISSION_MEMBER: "sessions",
    Role.CHAIR: "sessions",
    Role.MANAGER: "dashboard",
    Role.ADMINISTRATOR: "officers",
    Role.INSPECTOR: "cases",
    Role.PRIVACY_OFFICER: "privacy_requests",
}
HOME = "home"
SCREEN, VISIT = "navigation.screen", "navigation.visit"
MISSING = "missing"
"""The address the gate sends unknown ones to; Streamlit's own message is in English only."""


def spec(name: str) -> PageSpec:
    """The registered screen of that name."""
    return next(page for page in PAGES if page.name == name)


def names() -> frozenset[str]:
    """Every address that has a screen."""
    return frozenset(page.name for page in PAGES)


def may_open(officer: Officer, page: PageSpec) -> bool:
    """Whether the officer's role opens the screen."""
    return page.permission is None or can(officer, page.permission)


def first_screen(officer: Officer) -> str:
    """Where the officer starts: the role's screen, else the first one that opens."""
    open_ones = [page.name for page in PAGES if may_open(officer, page) and page.visible]
    wanted = FIRST_SCREENS[officer.role]
    return wanted if wanted in open_ones else (open_ones or ["account"])[0]


def remember_pages(pages: dict[str, Any]) -> None:
    """Called by the router: Streamlit's page objects of this run, by name."""
    st.session_state["navigation.pages"] = pages


def page(name: str) -> Any:
    """Streamlit's page object of a registered screen."""
    return st.session_state["navigation.pages"][name]


def open_page(name: str, **query: object) -> NoReturn:
    """Go to a registered screen; query values are ids or codes, never personal data."""
    st.switch_page(page(name), query_params=_parameters(query))


def page_link(
    name: str, label: str, *, icon: str | None = None, help: str | None = None, **query: object
) -> None:
    """A link to a registered screen; draws nothing where the screen is not there."""
    target = st.session_state["navigation.pages"].get(name)
    if target is not None:
        st.page_link(target, label=label, icon=icon, help=help, query_params=_parameters(query))


def _parameters(query: dict[str, object]) -> dict[str, str]:
    return {key: str(value) for key, value in query.items() if is_for_addresses(value)}


def is_for_addresses(value: object) -> bool:
    """Whether a value is an id or a code: addresses stay in histories and logs, people must not."""
    text = str(value)
    return value is not None and bool(ADDRESSED.fullmatch(text)) and not PERSONAL.fullmatch(text)


def note_visit(name: str) -> None:
    """Called by the router: this screen is drawn; another one before it begins a new visit."""
    if st.session_state.get(SCREEN) != name:
        st.session_state[SCREEN] = name
        st.session_state[VISIT] = visit() + 1


def visit() -> int:
    """A number that stays while the officer stays on one screen, whatever is clicked there."""
    return int(st.session_state.get(VISIT, 0))


def query(name: str) -> str | None:
    """A value from the address, for example `query("vacancy")`; None where there is none."""
    value = st.query_params.get(name)
    return value or None


def query_id(name: str) -> int | None:
    """A number from the address; None where it is missing or no number."""
    value = query(name)
    return int(value) if value and value.isascii() and value.isdigit() else None


def keep_query(**values: object) -> None:
    """Write stable ids or codes into the address, so that a reload shows the same; None removes."""
    for key, value in values.items():
        if not is_for_addresses(value):
            st.query_params.pop(key, None)
        elif st.query_params.get(key) != str(value):
            st.query_params[key] = str(value)
