"""Who acts."""

from __future__ import annotations

from dataclasses import dataclass

from domain.enums import OrganisationKind, Role


@dataclass(frozen=True, slots=True)
class Officer:
    """A signed-in user, as every use case receives it in `by`."""

    id: int
    username: str
    name_ka: str
    name_en: str
    role: Role
    organisation_code: str
    organisation_kind: OrganisationKind
    language: str = "ka"
    must_change_password: bool = False
    must_enrol: bool = False
    """Whether the role needs a second factor that the officer has not set up."""

    def name(self, language: str) -> str:
        """The name in the reader's script."""
        return self.name_ka if language == "ka" else self.name_en

    @property
    def is_held_back(self) -> bool:
        """Whether the own account has to be put in order before anything else."""
        return self.must_change_password or self.must_enrol
