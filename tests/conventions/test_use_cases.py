"""Whatever changes data names the officer, leaves an audit event and commits in services only."""

import ast
from functools import cache

from tests.conventions.tree import calls, parsed, services, shown, sources

WITHOUT_OFFICER: dict[str, str] = {
    "services.incidents.watching.note_failure": "the system, of its own due work",
    "services.incidents.watching.watch_security": "due work",
    "services.officers.sign_in.sign_in": "says who it is",
    "services.officers.sign_in.begin_sign_in": "says who it is",
    "services.officers.sign_in.finish_sign_in": "the first step has said who it is",
    "services.officers.invitations.accept_invitation": "whoever has the link; it says whose it is",
    "services.officers.single_sign_on.enter_from_provider": "the provider says who it is",
    "services.officers.reviews.close_unrenewed_access": "due work",
    "services.officers.sign_in.sign_out": "the cookie says who it is",
    "services.officers.sign_in.whoami": "finds out who it is",
    "services.officers.sign_in.officer_of": "finds out who it is",
    "services.officers.demo_accounts.create_demo_accounts": "the first start of a demonstration",
    "services.officers.operator.operator": "the terminal's own officer, made at first use",
    "services.officers.operator.trainer": "the terminal's own officer, made at first use",
    "services.officers.operator.auditor": "the terminal's own officer, made at first use",
    "services.sending.ending.expire_packages": "a day has passed; nobody did it",
    "services.notifications.worker.send_due": "due work: the outbox empties itself",
    "services.answers.employer.answer_by_link": "the employer, by the package's link",
    "services.answers.candidate.reply_by_link": "the candidate, by a personal link",
    "services.answers.interviews.choose_slot_by_link": "the candidate, by a personal link",
    "services.answers.reading.open_package": "the employer, by the package's link",
    "services.answers.package_files.read_cv_by_link": "the employer, by the package's link",
    "services.answers.package_files.read_cv_file_by_link": "the employer, by the package's link",
    "services.answers.package_files.read_zip_by_link": "the employer, by the package's link",
    "services.answers.own_page.open_own_page": "the candidate, by a personal link",
    "services.answers.due.settle_silence": "a day has passed; nobody did it",
    "services.answers.due.remind_to_confirm": "a day has passed; nobody did it",
    "services.monitoring.check_ins.plan_check_ins": "due work",
    "services.monitoring.check_ins.ask_check_ins": "due work",
    "services.monitoring.check_ins.remind_check_ins": "due work",
    "services.monitoring.check_ins.miss_check_ins": "due work",
    "services.monitoring.handling.escalate_cases": "due work",
    "services.monitoring.complaints.complain_by_link": "the worker, by a personal link",
    "services.monitoring.complaints.complain_publicly": "anybody, without a name",
    "services.monitoring.complaints.tell_more": "whoever has a case's number and secret",
    "services.monitoring.suspensions.end_suspensions": "due work",
    "services.monitoring.answering.open_check_in": "the worker, by a personal link",
    "services.monitoring.answering.answer_check_in": "the worker, by a personal link",
    "services.access_links.open_link": "whoever has the link; the secret says which one",
    "services.audit_chain.anchoring.anchor_when_due": "due work",
    "services.backups.making.back_up_when_due": "due work",
    "services.audit_chain.anchoring.verify_when_due": "due work",
    "services.returns.surveys.open_survey": "whoever has the link; the secret says which one",
    "services.returns.surveys.answer_survey": "whoever has the link; the secret says which one",
    "services.returns.surveys.send_exit_surveys": "due work, by the system",
    "services.returns.reminders.send_return_reminders": "due work, by the system",
    "services.returns.follow_ups.plan_follow_ups": "due work, by the system",
    "services.cvs.approval.answer_by_link": "the candidate; the secret says which one",
    "services.cvs.approval.read_cv_by_link": "the candidate; the secret says which one",
    "services.requests.prune_requests": "due work",
    "services.drafts.keeping.expire_drafts": "due work",
    "services.privacy.retention.depersonalise_due": "due work: a period is over",
    "services.privacy.my_data.open_my_data": "whoever has the link; the secret says which one",
    "services.privacy.my_data.ask_by_link": "the person, by a personal link",
    "services.rankings.ranking_start.get_ready": "what a process does after its start",
    "services.rankings.ranking_start.keep_everybody": "frozen copies for later runs, by the system",
    "services.due_work.run_due": "due work",
    "services.due_work.keep_running": "due work",
    "services.operations.due_runs.note_runs": "due work, about itself",
}
"""Use case → why nobody is signed in when it runs."""

WITHOUT_AUDIT: dict[str, str] = {
    "services.answers.due.remind_to_confirm": "the reminder itself stands in the outbox",
    "services.officers.sign_in.whoami": "only notes that the session is in use",
    "services.officers.sign_in.officer_of": "only notes that the session is in use",
    "services.drafts.keeping.save_draft": "own words that were not sent; nobody reads them",
    "services.drafts.keeping.discard_draft": "what was sent has its own event",
    "services.drafts.keeping.expire_drafts": "what was never sent",
    "services.requests.prune_requests": "only ids; what was done stands in the chain for good",
    "services.rankings.ranking_start.get_ready": "stores what the files say already",
    "services.rankings.ranking_start.keep_everybody": "stores what the files say already",
    "services.operations.due_runs.note_runs": "when a job ran last, overwritten every minute",
}
"""Use case → why it changes nothing that an auditor would ask for."""


WITHOUT_PERMISSION: dict[str, str] = {
    "services.answers.candidate.settle_candidacy": "part of a reply, whose taker checks the role",
    "services.answers.following.fill_place": "part of the step that frees the place",
    "services.sending.next_in_line.offer_next": "part of the step that frees the place",
    "services.cvs.freezing.freeze_cv": "in the transaction of a sending, which checks the role",
    "services.waiting.list_waiting": "everybody's own papers; each part checks the role itself",
    "services.officers.accounts.change_password": "everybody's own password",
    "services.officers.accounts.set_language": "everybody's own language",
    "services.officers.sign_in.confirm_password": "everybody's own password",
    "services.officers.enrolment.begin_enrolment": "everybody's own second factor",
    "services.officers.enrolment.confirm_enrolment": "everybody's own second factor",
    "services.officers.enrolment.count_recovery_codes": "everybody's own second factor",
    "services.officers.enrolment.give_up_second_factor": "everybody's own second factor",
    "services.officers.enrolment.has_password": "everybody's own account",
    "services.officers.enrolment.has_second_factor": "everybody's own second factor",
    "services.officers.enrolment.pending_enrolment": "everybody's own second factor",
    "services.officers.enrolment.renew_recovery_codes": "everybody's own second factor",
    "services.officers.sessions.end_other_sessions": "everybody's own browsers",
    "services.officers.sessions.end_own_session": "everybody's own browsers",
    "services.officers.sessions.list_own_sessions": "everybody's own browsers",
    "services.requests.done_before": "what the officer has just done",
    "services.drafts.keeping.save_draft": "everybody's own begun forms",
    "services.drafts.keeping.find_draft": "everybody's own begun forms",
    "services.drafts.keeping.discard_draft": "everybody's own begun forms",
    "services.once_a_day.log_once_a_day": "asked by the reading itself, which has checked",
    "services.rankings.runs.current_run": "asked by services.rankings.ranking, which has checked",
}
"""Use case → why any officer may."""


@cache
def writers() -> dict[str, set[str]]:
    """Every public function of services that commits, with all that it calls."""
    known = services()
    reached = {name: known.reached(name) for name in known.defined}
    return {
        name: called
        for name, called in reached.items()
        if "commit" in called and not any(part.startswith("_") for part in name.split("."))
    }


def test_every_writing_use_case_names_the_officer_last() -> None:
    unnamed = {name for name in writers() if last(services().defined[name]) != "by"}
    assert unnamed == set(WITHOUT_OFFICER)


def test_every_writing_use_case_leaves_an_audit_event() -> None:
    silent = {name for name, called in writers().items() if "services.audit.record" not in called}
    assert silent == set(WITHOUT_AUDIT)


def test_every_use_case_that_opens_the_database_for_an_officer_checks_the_role() -> None:
    known = services()
    open_to_all = {
        name
        for name, function in known.defined.items()
        if last(function) == "by"
        and not any(part.startswith("_") for part in name.split("."))
        and {"unit_of_work", "reading"} & {part.split(".")[-1] for part in known.reached(name)}
        and "services.permissions.check_can" not in known.reached(name)
    }
    assert open_to_all == set(WITHOUT_PERMISSION)


def last(function: ast.FunctionDef) -> str | None:
    named = [*function.args.args, *function.args.kwonlyargs]
    return named[-1].arg if named else None


def test_only_services_commit() -> None:
    others = [*sources("domain", "matching", "pages", "ui", "db/repositories", "db/queries")]
    assert [shown(path) for path in others if "commit" in calls(parsed(path))] == []
