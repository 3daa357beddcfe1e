"""Commission review (stage S08): sessions, conflicts of interest, blind files, votes, decisions."""

from services.commission.ballot.papers import read_ballot
from services.commission.ballot.secrecy import choose_ballot, end_secret_ballot
from services.commission.ballot.votes import cast_vote, withdraw_vote
from services.commission.commissions.commissions import (
    add_rules,
    found_commission,
    get_commission,
    list_commissions,
)
from services.commission.commissions.seats import end_seat, seat_officer
from services.commission.decisions.closing import close_item
from services.commission.decisions.counting import confirm_refusal, count_votes
from services.commission.decisions.decisions import agreement_of, list_decisions
from services.commission.decisions.dissents import dissents_of, file_dissent, list_dissents
from services.commission.decisions.reasons import list_reasons, texts_of
from services.commission.declarations.conflicts import (
    amend_declaration,
    declare_conflict,
    get_declaration_draft,
    save_declaration_draft,
)
from services.commission.declarations.reading import (
    list_declarations,
    list_my_declarations,
    public_register,
)
from services.commission.dossiers.blindness import lift_blindness
from services.commission.dossiers.dossiers import read_dossier
from services.commission.dossiers.notes import (
    keep_days,
    list_notes,
    remove_expired_notes,
    save_note,
)
from services.commission.sessions.agenda import move_item, postpone_item
from services.commission.sessions.planning import (
    add_member,
    answer_invitation,
    cancel_session,
    list_possible_members,
    list_seated,
    plan_session,
    remove_member,
)
from services.commission.sessions.sessions import (
    close_session,
    get_session,
    list_sessions,
    mark_attendance,
    open_session,
    start_voting,
)

__all__ = [
    "add_member",
    "agreement_of",
    "add_rules",
    "amend_declaration",
    "answer_invitation",
    "cancel_session",
    "cast_vote",
    "choose_ballot",
    "dissents_of",
    "end_secret_ballot",
    "file_dissent",
    "read_ballot",
    "withdraw_vote",
    "close_item",
    "close_session",
    "confirm_refusal",
    "count_votes",
    "declare_conflict",
    "end_seat",
    "found_commission",
    "get_commission",
    "get_declaration_draft",
    "get_session",
    "keep_days",
    "lift_blindness",
    "list_commissions",
    "list_decisions",
    "list_dissents",
    "list_declarations",
    "list_my_declarations",
    "list_notes",
    "list_possible_members",
    "list_reasons",
    "list_seated",
    "list_sessions",
    "mark_attendance",
    "move_item",
    "open_session",
    "plan_session",
    "postpone_item",
    "public_register",
    "read_dossier",
    "remove_expired_notes",
    "remove_member",
    "texts_of",
    "save_declaration_draft",
    "save_note",
    "seat_officer",
    "start_voting",
]
