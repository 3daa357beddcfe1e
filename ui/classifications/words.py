"""What the counts and changes of an import are called."""

from __future__ import annotations

from ui.language import _


def count_names() -> dict[str, str]:
    """The counts of an import, in the order of the screen."""
    return {
        "occupations": _("occupations"),
        "skills": _("skills"),
        "relations": _("relations of occupations and skills"),
        "skill_labels": _("names of skills"),
        "job_titles": _("job titles"),
        "skills_same_as_own": _("skills that are ours already"),
        "groups": _("groups of skills"),
        "unit_group_relations": _("skills of unit groups"),
        "occupations_new": _("new occupations"),
        "skills_new": _("new skills"),
        "relations_dangling": _("relations that point nowhere, left out"),
        "relations_unknown": _("relations of an unknown kind, left out"),
        "occupations_without_unit_group": _("occupations without a unit group, left out"),
        "concepts_unreadable": _("rows without a name or address, left out"),
        "titles_without_code": _("job titles without a code of four digits, left out"),
        "labels_in_archive": _("job titles whose language came with an archive, left out"),
        "names_unknown": _("names of unknown skills, left out"),
    }


def change_names() -> dict[str, str]:
    """What can happen to a concept."""
    return {
        "vanished": _("no longer in ESCO"),
        "returned": _("is in ESCO again"),
        "unit_group": _("another unit group"),
        "group": _("another group of skills"),
        "name": _("another name"),
    }


def kind_names() -> dict[str, str]:
    """The kinds of concepts."""
    return {"skill": _("skill"), "occupation": _("occupation")}


def table_names() -> dict[str, str]:
    """The tables that a file can hold."""
    return {
        "occupations": _("occupations"),
        "skills": _("skills"),
        "skillGroups": _("groups of skills"),
        "skillsHierarchy": _("levels of the groups of skills"),
        "occupationSkillRelations": _("relations of occupations and skills"),
        "broaderRelationsSkillPillar": _("relations of skills and groups"),
        "job titles": _("job titles"),
        "skill names": _("names of skills"),
    }
