"""What the codes of the audit chain are called."""

from __future__ import annotations

from collections.abc import Mapping

from domain.texts import N_
from services.labels import BY_NAME
from services.texts import translate

ACTIONS: Mapping[str, str] = {
    "activated": N_("brought into use"),
    "adopted": N_("adopted for a vacancy"),
    "added_member": N_("added a member"),
    "amended": N_("amended a declaration"),
    "answered": N_("noted the answer"),
    "approved": N_("approved it"),
    "attended": N_("attended"),
    "cancelled": N_("cancelled it"),
    "chose_open_ballot": N_("chose an open ballot"),
    "chose_secret_ballot": N_("chose a secret ballot"),
    "closed": N_("closed it"),
    "collected": N_("collected"),
    "compared": N_("compared"),
    "created": N_("created it"),
    "decided": N_("decided"),
    "declared": N_("declared on conflicts"),
    "discarded": N_("threw it away"),
    "disabled": N_("disabled it"),
    "enabled": N_("enabled it"),
    "ended_secret_ballot": N_("ended the secret ballot"),
    "exported": N_("exported"),
    "filled": N_("noted as filled"),
    "imported": N_("imported"),
    "language_changed": N_("changed the language"),
    "judged_different": N_("found to be different people"),
    "judgement_taken_back": N_("took back that they are different people"),
    "left": N_("left the session"),
    "lifted_blindness": N_("lifted blindness"),
    "listed": N_("looked at a part of the list"),
    "merge_undone": N_("undid the merge"),
    "merged": N_("merged two files"),
    "occupation_confirmed": N_("confirmed an occupation"),
    "offers_chosen": N_("chose from what a text names"),
    "noted": N_("kept a note of their own"),
    "opened": N_("opened the session"),
    "password_changed": N_("changed the password"),
    "password_reset": N_("gave a new first-day password"),
    "planned": N_("planned it"),
    "postponed": N_("postponed it"),
    "previewed": N_("looked at the preview"),
    "proposed": N_("proposed it"),
    "preselected": N_("preselected"),
    "published": N_("published it"),
    "ranked": N_("ranked"),
    "ranked_again": N_("ranked again to verify"),
    "read_declarations": N_("read the conflict declarations"),
    "reactivated": N_("put back on the register"),
    "read": N_("read it"),
    "refused": N_("did not approve it"),
    "registered": N_("registered"),
    "removed": N_("removed after its period"),
    "removed_member": N_("removed a member"),
    "retired": N_("took out of use"),
    "returned_to_draft": N_("returned to draft"),
    "revealed": N_("looked at the personal number"),
    "role_changed": N_("changed the role"),
    "saved": N_("saved it"),
    "saved_draft": N_("saved a draft"),
    "searched": N_("searched for duplicates"),
    "sent": N_("sent"),
    "sign_in_failed": N_("failed to sign in"),
    "sign_in_locked": N_("sign-in locked"),
    "settled_words": N_("decided on words of the vacancy"),
    "signed_in": N_("signed in"),
    "signed_out": N_("signed out"),
    "suspended": N_("suspended it"),
    "taken_back": N_("took back the proposal"),
    "trained": N_("trained it"),
    "unsettled_words": N_("took back a decision on words of the vacancy"),
    "updated": N_("changed it"),
    "verified": N_("verified it"),
    "voted": N_("voted"),
    "voted_secretly": N_("voted secretly"),
    "withdrawn": N_("withdrew"),
    "withdrew": N_("withdrew from the shortlist"),
    "withdrew_vote": N_("withdrew the vote"),
}

ENTITIES: Mapping[str, str] = {
    "audit_event": N_("audit event"),
    "audit_log": N_("audit log"),
    "candidacy": N_("candidacy"),
    "coder_version": N_("coder version"),
    "coding_decision": N_("coding decisions"),
    "commission_session": N_("commission session"),
    "duplicate_search": N_("search for duplicates"),
    "employer": N_("employer"),
    "classification": N_("classification"),
    "esco_labels": N_("job titles"),
    "fairness_panel": N_("fairness panel"),
    "file": N_("imported file"),
    "jobseeker": N_("job-seeker"),
    "list": N_("list"),
    "mapping": N_("column mapping"),
    "member_note": N_("own note"),
    "officer": N_("officer"),
    "question": N_("question to a person"),
    "ranking_log": N_("ranking log"),
    "parameter_version": N_("version of the ranking rules"),
    "ranking_run": N_("ranking"),
    "requirement_table": N_("requirement table"),
    "season_plan": N_("season plan"),
    "shortlist": N_("shortlist"),
    "vacancies_for_person": N_("vacancies for a person"),
    "vacancy": N_("vacancy"),
}


def action_name(code: str, language: str) -> str:
    """An action; steps of a candidacy are called like the status they lead to."""
    known = ACTIONS.get(code) or BY_NAME["CandidacyStatus"].get(code, code)
    return translate(known, language)


def entity_name(code: str, language: str) -> str:
    """What an event is about."""
    return translate(ENTITIES.get(code, code), language)
