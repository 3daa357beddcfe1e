"""What is told to whom, and how far it got."""

from __future__ import annotations

from dataclasses import dataclass

from domain.enums import AddresseeKind


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who a message is for. The address and the language are theirs at the moment of sending."""

    kind: AddresseeKind
    id: int

    @classmethod
    def jobseeker(cls, jobseeker_id: int) -> Recipient:
        """A registered person: by SMS or e-mail, in Georgian."""
        return cls(AddresseeKind.JOBSEEKER, jobseeker_id)

    @classmethod
    def employer(cls, employer_id: int) -> Recipient:
        """An employer's contact: by e-mail, in English first."""
        return cls(AddresseeKind.EMPLOYER, employer_id)

    @classmethod
    def officer(cls, officer_id: int) -> Recipient:
        """An officer: on the screen, in the language of their account."""
        return cls(AddresseeKind.OFFICER, officer_id)
