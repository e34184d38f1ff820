"""Refusals an administrator meets, where the general words of `phrases.refusal` say too little."""

from typing import Any

from django.utils.translation import gettext as _

from yishi.core.refusal import Refusal
from yishi.core.table import Problem
from yishi.phrases.refusal import say_refusal
from yishi.phrases.table import say_problem
from yishi.rulebook.problem import RuleFileError

APPOINTING = frozenset(
    {
        "self_appointment",
        "not_active",
        "community_needed",
        "grid_needed",
        "grid_elsewhere",
        "body_needed",
        "body_elsewhere",
        "seat_body_needed",
        "body_without_seats",
        "seat_elsewhere",
        "cross_ground_needed",
        "cross_topic_unknown",
        "cross_topic_elsewhere",
        "cross_topic_open",
        "rolls_apart",
        "term_backwards",
        "already_appointed",
        "roles_apart",
        "role_not_appointed",
    }
)


def say_office(refusal: Refusal) -> dict[str, Any]:
    """The context of `pieces/refusal.html`; of a post, with the roles in words."""
    said = say_refusal(refusal)
    if refusal.code in APPOINTING:
        missing, do = say_problem(Problem("", 0, "", refusal.code, refusal.need, refusal.have))
        return {**said, "missing": missing, "next": do, "need": "", "have": ""}
    if refusal.code == "file_missing":
        missing, do = _("No file was chosen."), _("Choose a file and send it again.")
        return {**said, "missing": missing, "next": do}
    return said


def say_rule_error(error: RuleFileError) -> dict[str, Any]:
    """A broken rule file: which file, which key, what is wrong, what would be right."""
    where = f"{error.file} · {error.key}" if error.key else error.file
    return {
        "title": _("This rule file cannot be used"),
        "missing": f"{where}：{_(error.problem)}",
        "need": "、".join(error.allowed[:20]),
        "need_word": _("Needed"),
        "have_word": _("At present"),
        "have": "" if error.have is None else str(error.have)[:200],
        "source": "",
        "next": _("Correct the file and send it again. Nothing was loaded."),
    }
