"""Who may do what: one matrix, checked in every use case, printed into the docs."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from domain.enums import Role
from domain.exceptions import PermissionDenied
from domain.records.officer import Officer
from domain.texts import N_, Term


class Permission(StrEnum):
    """One thing an officer may be allowed to do: `noun:verb`."""

    JOBSEEKERS_READ = "jobseekers:read"
    JOBSEEKERS_EDIT = "jobseekers:edit"
    JOBSEEKERS_MERGE = "jobseekers:merge"
    VACANCIES_READ = "vacancies:read"
    VACANCIES_EDIT = "vacancies:edit"
    VACANCIES_PUBLISH = "vacancies:publish"
    FILES_IMPORT = "files:import"
    RANKING_READ = "ranking:read"
    RANKINGS_AUDIT = "rankings:audit"
    CANDIDATES_PRESELECT = "candidates:preselect"
    SHORTLISTS_SEND = "shortlists:send"
    CVS_READ = "cvs:read"
    CVS_EDIT = "cvs:edit"
    CVS_SIGN = "cvs:sign"
    COMMISSIONS_READ = "commissions:read"
    COMMISSIONS_FOUND = "commissions:found"
    SESSIONS_READ = "sessions:read"
    SESSIONS_PLAN = "sessions:plan"
    SESSIONS_CHAIR = "sessions:chair"
    VOTES_CAST = "votes:cast"
    APPEALS_READ = "appeals:read"
    APPEALS_REGISTER = "appeals:register"
    APPEALS_ADMIT = "appeals:admit"
    DECLARATIONS_AUDIT = "declarations:audit"
    DOCUMENTS_READ = "documents:read"
    DOCUMENTS_ROUTE = "documents:route"
    ABSENCES_RECORD = "absences:record"
    ABSENCES_MANAGE = "absences:manage"
    STATISTICS_READ = "statistics:read"
    LISTS_EXPORT = "lists:export"
    PARAMETERS_PROPOSE = "parameters:propose"
    PARAMETERS_APPROVE = "parameters:approve"
    CODERS_TRAIN = "coders:train"
    OFFICERS_MANAGE = "officers:manage"
    AUDIT_READ = "audit:read"
    AUDIT_VALUES_READ = "audit_values:read"
    BACKUPS_MANAGE = "backups:manage"
    CLASSIFICATIONS_IMPORT = "classifications:import"
    DEPLOYMENTS_READ = "deployments:read"
    DEPLOYMENTS_EDIT = "deployments:edit"
    DEPLOYMENTS_SHARE = "deployments:share"
    LETTERS_READ = "letters:read"
    LETTERS_REGISTER = "letters:register"
    LETTERS_DISTRIBUTE = "letters:distribute"
    LETTERS_RESOLVE = "letters:resolve"
    CONSENTS_RECORD = "consents:record"
    PACKAGES_READ = "packages:read"
    PACKAGES_SEND = "packages:send"
    PERMITS_RECORD = "permits:record"
    ROAD_READ = "road:read"
    MESSAGES_READ = "messages:read"
    MESSAGES_EDIT = "messages:edit"
    MONITORING_READ = "monitoring:read"
    CHECK_INS_RECORD = "check_ins:record"
    CASES_REGISTER = "cases:register"
    CASES_HANDLE = "cases:handle"
    CASES_ASSIGN = "cases:assign"
    VISITS_RECORD = "visits:record"
    EMPLOYERS_SUSPEND = "employers:suspend"
    SPECIAL_READ = "special:read"
    SPECIAL_EDIT = "special:edit"
    INCIDENTS_REPORT = "incidents:report"
    INCIDENTS_READ = "incidents:read"
    INCIDENTS_HANDLE = "incidents:handle"
    IMPACT_READ = "impact:read"
    IMPACT_EDIT = "impact:edit"
    PREPARATION_READ = "preparation:read"
    PREPARATION_EDIT = "preparation:edit"
    RETURNS_READ = "returns:read"
    RETURNS_EDIT = "returns:edit"
    PRIVACY_READ = "privacy:read"
    PRIVACY_MANAGE = "privacy:manage"
    PRIVACY_REGISTER = "privacy:register"


P = Permission
_MEMBER = frozenset(
    {
        P.INCIDENTS_REPORT,
        P.COMMISSIONS_READ,
        P.SESSIONS_READ,
        P.VOTES_CAST,
        P.DOCUMENTS_READ,
        P.ABSENCES_RECORD,
    }
)

MATRIX: Mapping[Role, frozenset[Permission]] = {
    Role.RECRUITER: frozenset(
        {
            P.SPECIAL_READ,
            P.SPECIAL_EDIT,
            P.INCIDENTS_REPORT,
            P.JOBSEEKERS_READ,
            P.JOBSEEKERS_EDIT,
            P.JOBSEEKERS_MERGE,
            P.VACANCIES_READ,
            P.VACANCIES_EDIT,
            P.VACANCIES_PUBLISH,
            P.FILES_IMPORT,
            P.RANKING_READ,
            P.CANDIDATES_PRESELECT,
            P.SHORTLISTS_SEND,
            P.CVS_READ,
            P.CVS_EDIT,
            P.CVS_SIGN,
            P.COMMISSIONS_READ,
            P.SESSIONS_READ,
            P.SESSIONS_PLAN,
            P.DOCUMENTS_READ,
            P.DOCUMENTS_ROUTE,
            P.ABSENCES_RECORD,
            P.APPEALS_READ,
            P.APPEALS_REGISTER,
            P.LISTS_EXPORT,
            P.PARAMETERS_PROPOSE,
            P.DEPLOYMENTS_READ,
            P.DEPLOYMENTS_EDIT,
            P.DEPLOYMENTS_SHARE,
            P.LETTERS_READ,
            P.LETTERS_REGISTER,
            P.LETTERS_DISTRIBUTE,
            P.LETTERS_RESOLVE,
            P.CONSENTS_RECORD,
            P.PACKAGES_READ,
            P.PACKAGES_SEND,
            P.ROAD_READ,
            P.MESSAGES_READ,
            P.MESSAGES_EDIT,
            P.MONITORING_READ,
            P.CHECK_INS_RECORD,
            P.CASES_REGISTER,
            P.PREPARATION_READ,
            P.PREPARATION_EDIT,
            P.RETURNS_READ,
            P.RETURNS_EDIT,
            P.PRIVACY_REGISTER,
        }
    ),
    Role.COMMISSION_MEMBER: _MEMBER,
    Role.CHAIR: _MEMBER | {P.SESSIONS_PLAN, P.APPEALS_READ, P.SESSIONS_CHAIR, P.DOCUMENTS_ROUTE},
    Role.MANAGER: frozenset(
        {
            P.INCIDENTS_REPORT,
            P.INCIDENTS_READ,
            P.IMPACT_READ,
            P.STATISTICS_READ,
            P.RETURNS_READ,
            P.VACANCIES_READ,
            P.RANKING_READ,
            P.RANKINGS_AUDIT,
            P.APPEALS_READ,
            P.APPEALS_ADMIT,
            P.COMMISSIONS_READ,
            P.COMMISSIONS_FOUND,
            P.SESSIONS_READ,
            P.DECLARATIONS_AUDIT,
            P.DOCUMENTS_READ,
            P.DOCUMENTS_ROUTE,
            P.ABSENCES_RECORD,
            P.ABSENCES_MANAGE,
            P.LISTS_EXPORT,
            P.PARAMETERS_PROPOSE,
            P.PARAMETERS_APPROVE,
            P.CODERS_TRAIN,
            P.DEPLOYMENTS_READ,
            P.LETTERS_READ,
            P.LETTERS_DISTRIBUTE,
            P.LETTERS_RESOLVE,
            P.PREPARATION_READ,
            P.PACKAGES_READ,
            P.PERMITS_RECORD,
            P.ROAD_READ,
            P.MONITORING_READ,
            P.CASES_ASSIGN,
            P.EMPLOYERS_SUSPEND,
            P.PRIVACY_REGISTER,
        }
    ),
    # Nobody else reads what complaints say.
    Role.INSPECTOR: frozenset(
        {
            P.SPECIAL_READ,
            P.SPECIAL_EDIT,
            P.INCIDENTS_REPORT,
            P.JOBSEEKERS_READ,
            P.VACANCIES_READ,
            P.ROAD_READ,
            P.DEPLOYMENTS_READ,
            P.MONITORING_READ,
            P.CHECK_INS_RECORD,
            P.CASES_REGISTER,
            P.CASES_HANDLE,
            P.CASES_ASSIGN,
            P.VISITS_RECORD,
            P.EMPLOYERS_SUSPEND,
            P.ABSENCES_RECORD,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            P.INCIDENTS_REPORT,
            P.INCIDENTS_READ,
            P.INCIDENTS_HANDLE,
            P.OFFICERS_MANAGE,
            P.COMMISSIONS_READ,
            P.COMMISSIONS_FOUND,
            P.AUDIT_READ,
            P.BACKUPS_MANAGE,
            P.CODERS_TRAIN,
            P.CLASSIFICATIONS_IMPORT,
            P.ABSENCES_RECORD,
            P.ABSENCES_MANAGE,
        }
    ),
    # Watches over personal data and decides nothing about people.
    Role.PRIVACY_OFFICER: frozenset(
        {
            P.INCIDENTS_REPORT,
            P.INCIDENTS_READ,
            P.INCIDENTS_HANDLE,
            P.IMPACT_READ,
            P.IMPACT_EDIT,
            P.PRIVACY_READ,
            P.PRIVACY_MANAGE,
            P.PRIVACY_REGISTER,
            P.AUDIT_READ,
            P.AUDIT_VALUES_READ,
            P.ABSENCES_RECORD,
        }
    ),
}
"""Administrators run the system and read no case data; a commission reads only what it decides."""


def check_can(officer: Officer, permission: Permission) -> None:
    """Raise PermissionDenied, with a sentence, unless the officer's role allows it."""
    if officer.must_change_password:
        raise PermissionDenied(N_("First choose a new password: yours is a first-day one."))
    if officer.must_enrol:
        raise PermissionDenied(N_("First set up your second factor: your role needs one."))
    if permission not in MATRIX[officer.role]:
        raise PermissionDenied(
            N_("This is not part of your role ({role}). Ask an administrator if you need it."),
            role=Term("Role", officer.role.value),
        )


def can(officer: Officer, permission: Permission) -> bool:
    """Whether `check_can` would pass."""
    try:
        check_can(officer, permission)
    except PermissionDenied:
        return False
    return True
