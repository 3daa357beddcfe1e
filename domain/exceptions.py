"""What can be refused, and why. Each message is a sentence to show an officer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from domain.texts import N_, Sentence


class LabourMigrationError(Exception):
    """Root of everything the system refuses; carries the sentence that says what to do."""

    def __init__(self, sentence: Sentence | str, **values: object) -> None:
        self.sentence = sentence if isinstance(sentence, Sentence) else Sentence(sentence, values)
        super().__init__(str(self.sentence))


class PermissionDenied(LabourMigrationError):
    """The officer's role may not do this."""


class NotFound(LabourMigrationError):
    """No such record, or none this officer may know of: both read the same."""


class InvalidInput(LabourMigrationError):
    """Something entered can't be accepted; `problems` names each field."""

    def __init__(
        self,
        sentence: Sentence | str,
        problems: tuple[FieldProblem, ...] = (),
        **values: object,
    ) -> None:
        super().__init__(sentence, **values)
        self.problems = problems


class FieldProblem:
    """One field that can't be accepted, and why."""

    __slots__ = ("field", "sentence")

    def __init__(self, field: str, sentence: Sentence) -> None:
        self.field = field
        self.sentence = sentence

    def __repr__(self) -> str:
        return f"FieldProblem({self.field!r}, {str(self.sentence)!r})"


class InvalidTransition(LabourMigrationError):
    """The life cycle has no such step from here."""


class Refused(LabourMigrationError):
    """The state of things does not allow this now; the sentence says what would."""


class StaleVersion(LabourMigrationError):
    """Somebody else saved first; nothing was overwritten. Both versions are kept to be shown."""

    def __init__(
        self, sentence: Sentence | str, *, yours: object, theirs: object, **values: object
    ) -> None:
        super().__init__(sentence, **values)
        self.yours = yours
        self.theirs = theirs


class DoneAlready(LabourMigrationError):
    """The same request came again; what it asked for had been done, and was not done twice."""

    def __init__(self, *, at: datetime, audit_seq: int) -> None:
        super().__init__(N_("This was done already, {at}; it was not done twice."), at=at)
        self.at = at
        self.audit_seq = audit_seq
        """The last event that it left in the audit chain."""


class TryAgain(LabourMigrationError):
    """The database was busy or out of reach for a moment; asked again, nothing doubles."""

    def __init__(self, *, is_saving: bool = False) -> None:
        super().__init__(
            N_(
                "The connection broke while this was being saved. Send it again: what was saved "
                "is not saved twice."
            )
            if is_saving
            else N_("The database was busy for a moment. Nothing was changed: try again.")
        )


class SignInRefused(LabourMigrationError):
    """Unknown name, wrong password, locked or disabled account: one text for all but the lock."""


class VotesCameIn(Refused):
    """Somebody voted between the chair's look at the count and the close."""


class UnusableFile(LabourMigrationError):
    """An uploaded file that can't be read at all; the sentence says what to do with it."""


class EncodingToConfirm(UnusableFile):
    """The letters of a file may be read in several ways, and a person must say which is right."""

    def __init__(
        self, sentence: Sentence | str, samples: Mapping[str, str], **values: object
    ) -> None:
        super().__init__(sentence, **values)
        self.samples = samples
        """Encoding → how some of the text reads in it; the likeliest first."""
