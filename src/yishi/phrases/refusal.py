"""Refusals in words: what is missing, need and have, by which rule, what to do next."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from yishi.core.refusal import Refusal
from yishi.phrases.duty import say_may
from yishi.phrases.method_fault import say_fault
from yishi.phrases.refusal_value import say_value
from yishi.phrases.refusals import every_word
from yishi.phrases.refusals.project import SAID as SAID_OF_PROJECTS
from yishi.phrases.refusals.round import SAID as SAID_OF_ROUNDS
from yishi.phrases.refusals.vote import SAID
from yishi.phrases.refusals.works import SAID as SAID_OF_WORKS
from yishi.phrases.rule import say_rule_kind
from yishi.phrases.rule_file import say_source
from yishi.phrases.topic_refusal import fit, is_of_topics

# The id of a rule file, alone or with its version: no word anybody knows.
RULE_FILE = re.compile(r"[a-z][a-z_-]*( \d+)?")
# What the code itself already says, so that a bare code would only puzzle the reader.
_SILENT = frozenset(
    {
        "not_yours",
        "not_found",
        "not_independent",
        "key_used",
        "item_unknown",
        "rules_older",
        "already_decided",
        "verdict_unknown",
        "ground_unknown",
        "merge_chain",
        "main_behind",
        "already_answered_main",
        "not_merged",
        "way_unknown",
        "found_unknown",
        "breach_unknown",
        "draft_incomplete",
        "done_by_project",
        "round_has_projects",
    }
    | SAID
    | SAID_OF_PROJECTS
    | SAID_OF_ROUNDS
    | SAID_OF_WORKS
)
# What keeps a method from being used: `have` is the first fault, and the method it is in.
_FAULTY = frozenset({"method_faulty", "method_unfit", "draft_faulty"})

# Of a day somebody chose: what is needed is the first, or the last, that may be chosen.
_EARLIEST = frozenset(
    {"meeting_past", "notice_short", "due_past", "until_past", "instant_past", "draft_day_over"}
)
_LATEST = frozenset(
    {"meeting_far", "due_far", "until_far", "instant_far", "part_too_late", "change_past_limit"}
)
# What there is too much of: the need is a limit.
_AT_MOST = frozenset(
    {"photo_too_large", "photo_sum_too_large", "paper_too_large", "too_many_photos"}
    | {"proposals_many"}
)
# Of a voucher that was paid on: where.
_STANDS_IN = frozenset({"voucher_used", "voucher_file_used"})


def say_refusal(refusal: Refusal, names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The context of `pieces/refusal.html`: {title, missing, need, need_word, have,
    have_word, source, next}.

    An unknown code still says that nothing was done, and names itself. `names`: where a topic was
    acted on, what its method calls its steps, as `phrases.topic_refusal.names_of` gives it.
    """
    title, missing, after = every_word().get(
        refusal.code, (_("This could not be done"), refusal.code, "")
    )
    need, have = say_value(refusal.need, refusal.unit), say_value(refusal.have, refusal.unit)
    if refusal.code in _SILENT:
        need, have = "", ""
    elif refusal.code == "duty_not_for_community":
        need, have = _burden(refusal)
    elif refusal.code == "rules_missing":
        need = say_rule_kind(str(refusal.need))
    elif refusal.code in _FAULTY and isinstance(refusal.have, tuple):
        need, have = "", say_fault(*refusal.have)
    said = {
        "title": title,
        "missing": missing,
        "need": need,
        "have": have,
        **_words_of(refusal.code),
        "source": _source(refusal.source),
        "next": after,
    }
    if names is not None or is_of_topics(refusal.code):
        return fit(refusal, said, names)
    return said


def say_at_field(refusal: Refusal) -> str:
    """A refusal in one sentence, for the field it is about: what is missing, else its title with
    the limit and what there is."""
    said = say_refusal(refusal)
    if said["missing"] or not said["need"]:
        return str(said["missing"] or said["title"])
    numbers = [f"{said['need_word']} {said['need']}"]
    if said["have"]:
        numbers.append(f"{said['have_word']} {said['have']}")
    return _("%(title)s: %(numbers)s") % {
        "title": said["title"],
        "numbers": _(", ").join(numbers),
    }


def _words_of(code: str) -> dict[str, str]:
    """What stands before the need and the have."""
    if code in _EARLIEST or code in _LATEST:
        first = code in _EARLIEST
        return {
            "need_word": _("Earliest") if first else _("Latest"),
            "have_word": _("You chose"),
        }
    if code in _AT_MOST:
        return {"need_word": _("At most"), "have_word": _("At present")}
    if code in _STANDS_IN:
        return {"need_word": "", "have_word": _("It stands in")}
    return {"need_word": _("Needed"), "have_word": _("At present")}


def has_words(code: str) -> bool:
    """Whether somebody wrote words for this code."""
    return code in every_word()


def _burden(refusal: Refusal) -> tuple[str, str]:
    """What the list would have to say, and what it says of this item and this community."""
    unit, item, may = refusal.have if isinstance(refusal.have, tuple) else ("", "", "")
    return say_may(str(refusal.need)), _("%(unit)s, “%(item)s”: %(may)s") % {
        "unit": unit,
        "item": item,
        "may": say_may(str(may)),
    }


def _source(source: str) -> str:
    """The rule as people name it; what only the code cites by a section of norms.md has a name
    here, or is left out."""
    if source == "permit":
        return _("Table of who may do what")
    ours = say_source(source)
    if ours != source:
        return ours
    if source.startswith("practice "):
        return ""
    if RULE_FILE.fullmatch(source):
        return _("the rules in force here (%(rules)s)") % {"rules": source}
    if not source.startswith("norms.md"):
        return source
    named = {
        "Independence": _("Who handles does not check"),
        "Lead is responsible": _("The lead unit answers for the whole"),
        "Responsibility list": _("The responsibility list"),
        "The fork at intake": _("A matter of many is made a topic with a reason"),
        "contact within 24 h": _("The resident is rung up within 24 hours"),
        "即办件": _("On the spot means with a photo"),
        "Returns": _("A return has a reason, a clause and a time"),
        "Clocks": _("How time limits run"),
        "Similar matters": _("Similar matters are handled once, each resident answered"),
        "Layers of rules": _("A community's own method is approved, reviewed and filed"),
        "who may": _("Who may do what"),
        "Call-back": _("Called back on four axes"),
        "affairs supervisory committee": _("The affairs supervisory committee orders nobody"),
        "责任追究": _("A finding rests on the record"),
        "等保 level 3": _("Level 3 of the classified protection of information systems"),
    }
    return next((words for ending, words in named.items() if source.endswith(ending)), "")
