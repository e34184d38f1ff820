"""A refusal about a topic in the words of its method: steps, bodies and papers by their names."""

from typing import Any

from django.utils.translation import gettext as _

from yishi.core.method.language import Method
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.phrases.refusal_value import Names, say_value
from yishi.phrases.refusals import carrying, stage, texts, topic
from yishi.phrases.rule import say_text
from yishi.phrases.rule_file import OURS

_NONE: Names = {}


def names_of(method: Method | None, procedure: str = "") -> dict[str, str]:
    """Id → name of everything a method names; of stages and ends those of the procedure."""
    if method is None:
        return {}
    found = {method.id: say_text(method.name)}
    found |= {one.code: say_text(one.name) for one in method.catalogue}
    found |= {one.code: say_text(one.name) for one in method.sizes}
    course = method.procedure(procedure)
    if course is None:
        return found
    found[course.id] = say_text(course.name)
    for step in course.stages:
        found |= {code: say_text(text) for code, text in step.grounds.items()}
        found[step.id] = say_text(step.name)
    return found | {end.id: say_text(end.name) for end in course.ends}


def fit(refusal: Refusal, said: dict[str, Any], names: Names | None) -> dict[str, Any]:
    """`said` as `say_refusal` has it, put right where a topic was acted on.

    `names`: as :func:`names_of` gives them, None where the page is not about one topic. What is
    neither among them nor a word of ours is left out.
    """
    known = names or _NONE
    if names is not None:
        title, missing, after = topic.own_words().get(
            refusal.code, (said["title"], said["missing"], said["next"])
        )
        said |= {"title": title, "missing": missing, "next": after}
    said["missing"] = _missing(refusal, known) or said["missing"]
    theirs = refusal.unit == "option" and refusal.code in _OTHERS
    if refusal.unit in _SAID or refusal.code in _NONE_YET or theirs:
        said |= {"need": "", "have": ""}
    elif refusal.code == "options_missing":
        said |= {"need": _many(refusal.need), "have": _many(refusal.have)}
    elif refusal.unit in _NAMED or refusal.unit in set(BodyKind):
        said["need"] = say_value(refusal.need, refusal.unit, known)
        said["have"] = say_value(refusal.have, refusal.unit, known)
    return said | {"source": _source(refusal.source, known, said["source"])}


def is_of_topics(code: str) -> bool:
    """Whether only an act on a topic is refused with this code."""
    return any(code in part.words() for part in (topic, stage, carrying, texts))


_NAMED = frozenset(
    [
        "state",
        "stage",
        "body",
        "paper",
        "option",
        "size",
        "entry",
        "procedure",
        "method",
        "ground",
        "topic",
        "case",
        "voice",
        "count",
        "teller",
        "votes",
        "people",
        "part",
        "building",
        "door",
    ]
)
# An option that is somebody else's to decide: one sentence says whose and by which rule.
_OTHERS = frozenset(["competence_owners", "competence_duty", "competence_residents"])
# There is no option to choose, or none yet: no number says more than the sentence.
_NONE_YET = frozenset(
    [
        "nothing_chosen",
        "options_later",
        "projects_waiting",
        "scores_run",
        "projects_open",
        "done_by_project",
        "round_has_projects",
    ]
)
# One is needed and none is there: the sentence has said it.
_SAID = frozenset(
    ["words", "unit", "place", "notice", "clause", "edge", "part_state", "score", "exception"]
)


def _missing(refusal: Refusal, names: Names) -> str:
    """The sentence where the numbers or the matter belong into it."""
    if refusal.code == "step_skipped" and str(refusal.need) in names:
        theirs = refusal.have if isinstance(refusal.have, tuple) else ()
        here = names[str(refusal.need)]
        if theirs:
            said = {"here": here, "theirs": _(", ").join(names.get(one, one) for one in theirs)}
            return _("It stands at “%(here)s”; this belongs to “%(theirs)s”.") % said
        return _("It stands at “%(here)s”; its procedure has no step of this kind.") % {
            "here": here
        }
    if refusal.code == "projects_waiting":
        return _("%(n)s projects of this round have not been through it.") % {"n": refusal.have}
    if refusal.code == "scores_run":
        known = {"n": refusal.have, "until": say_value(refusal.need, "moment")}
        return (
            _("%(n)s projects are scored by too few so far; until %(until)s more may score.")
            % known
        )
    if refusal.code == "projects_open":
        return _("%(n)s are neither done nor given up.") % {"n": refusal.have}
    if refusal.code == "text_under_way" and refusal.have:
        return _("Under way: “%(title)s”. Two at once would undo each other.") % {
            "title": str(refusal.have)
        }
    if refusal.unit == "option" and refusal.have and refusal.code in _OTHERS:
        said = {"no": str(refusal.need), "matter": str(refusal.have), "source": refusal.source}
        return _others()[refusal.code] % said
    return ""


def _others() -> dict[str, str]:
    return {
        "competence_owners": _(
            "Option %(no)s, %(matter)s, is decided by the owners together (%(source)s); "
            "a body of residents cannot vote on it."
        ),
        "competence_duty": _(
            "Option %(no)s, %(matter)s, is somebody's duty (%(source)s); it is not put to a vote."
        ),
        "competence_residents": _(
            "Option %(no)s, %(matter)s, is the residents' to decide (%(source)s); "
            "the owners do not vote on it here."
        ),
    }


def _many(number: object) -> str:
    return _("%(n)s options") % {"n": number}


def _source(source: str, names: Names, said: str) -> str:
    """The rule in words: a step of the method by its name, a promise of ours by what it says."""
    known = {
        "norms.md §2 Competence first": _("First whose it is to decide, then how"),
        "norms.md §2": _("How agreement is reached and recorded"),
        "norms.md §1 Lead is responsible": _("Who leads answers for the whole"),
        "practice H12": _("What came of it is checked with those it concerns"),
        "norms.md §1 The fork": _("A matter of many is made a topic with a reason"),
        "architecture: no silent bypass": _("No step is passed by in silence"),
        "adoption": _("The methods adopted here"),
        "redaction": _("The rules on what is said on a topic"),
        "practice G4": _("No step of the procedure may be skipped"),
        "practice G5": _("Residents make and amend their own charter and covenant"),
    }
    if source in known:
        return known[source]
    if source in names:
        return _("the step “%(step)s” of the method adopted here") % {"step": names[source]}
    if names or source in (OURS, "permit"):
        return said
    # An id of the method that nobody can look up here is no word.
    return _("the method adopted here") if source.isascii() and " " not in source else said
