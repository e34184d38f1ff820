"""The review of a topic by the community party organisation: whose it is, how large, which course.

One page without steps: everything that decides the course is in sight at once, with what the law
says of the words that were used.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from yishi.acts.door import Done
from yishi.acts.topic.reviewing import review_topic
from yishi.core.method.floors import Matter, hinted
from yishi.core.method.language import Competence, Method
from yishi.core.refusal import Refusal
from yishi.core.topic.now import TopicState
from yishi.core.topic.review import SOURCE, Verdict
from yishi.phrases.method_text import say_bodies
from yishi.phrases.refusal import say_refusal
from yishi.phrases.rule import say_text
from yishi.phrases.topic import say_raised_as
from yishi.phrases.topic_refusal import names_of
from yishi.records.queries.rule import floors_at, methods_at, parsed, today_of
from yishi.web.gate import ask_in, new_key
from yishi.web.topic.review_form import ReviewForm
from yishi.web.topic.running import After, Running, head, posted, view_of
from yishi.web.topic.shown import Shown

TEMPLATE, ACT = "yishi/topic/review.html", "topic.review"


def methods_for(shown: Shown) -> list[Method]:
    """The methods the community works by today, by name."""
    found = methods_at(shown.topic.place, today_of(shown.now))
    return [parsed(row) for row in found.values()]


def _form(shown: Shown, request: HttpRequest) -> ReviewForm:
    methods, sent = methods_for(shown), posted(request)
    if sent is not None:
        return ReviewForm(methods, sent)
    return ReviewForm(methods, initial=_initial(shown, request.GET))


def _do(request: HttpRequest, shown: Shown, form: ReviewForm) -> Done | Refusal:
    name, reviewed = form.reviewed()
    return review_topic(ask_in(request), shown.topic.uid, name, reviewed)


def _said(code: str) -> str:
    return {
        "topic.taken_up": _("Taken up. It stands in the first step of its procedure."),
        "topic.helped_with": _("A private matter: it is helped with, and not deliberated."),
    }.get(code, _("Not taken up. Whoever raised it reads the reason."))


def _why(shown: Shown, refused: Refusal | None) -> Refusal | None:
    """Reviewed already, or raised by the same person."""
    if refused is None or refused.code != "not_now":
        return refused
    return Refusal("topic_reviewed", TopicState.PROPOSED, shown.topic.state, "state", SOURCE)


def _refusal(shown: Shown, refusal: Refusal) -> dict[str, Any]:
    names = names_of(shown.held.method, shown.topic.procedure)
    for method in methods_for(shown):
        names |= names_of(method)
        names |= {one.id: say_text(one.name) for one in method.procedures}
    return say_refusal(refusal, names)


def _show(
    request: HttpRequest,
    shown: Shown,
    form: Any,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    topic, methods = shown.topic, methods_for(shown)
    found = {
        **head(shown),
        "options": shown.options,
        "raised_as": say_raised_as(topic.raised_as),
        "hints": [_hint(shown, matter) for matter in matters_in(shown)],
        "form": form,
        "sizes": [_sizes(method, form) for method in methods],
        "entries": [_entries(method, form) for method in methods],
        "several": len(methods) > 1,
        "methods": methods,
        "key": new_key(),
        "refusal": _refusal(shown, refusal) if refusal else None,
    }
    return render(request, TEMPLATE, found, status=status)


def words_of(shown: Shown) -> str:
    """Everything that was written to propose it."""
    options = (f"{one.title}\n{one.words}" for one in shown.options)
    return "\n".join([shown.topic.title, shown.topic.words, *options])


def matters_in(shown: Shown) -> tuple[Matter, ...]:
    """The matters of the law that its words hint at."""
    floors = floors_at(shown.topic.place, today_of(shown.now))
    return hinted(floors, words_of(shown))


def _hint(shown: Shown, matter: Matter) -> dict[str, str]:
    text = words_of(shown)
    known = {
        "word": next(word for word in matter.words if word in text),
        "name": say_text(matter.name),
        "source": matter.source,
    }
    said = {
        Competence.OWNERS: _(
            "The text speaks of “%(word)s”: %(name)s is for the owners to decide together "
            "(%(source)s)."
        ),
        Competence.DUTY: _(
            "The text speaks of “%(word)s”: %(name)s is a duty and not voted on (%(source)s)."
        ),
        Competence.RESIDENTS: _(
            "The text speaks of “%(word)s”: %(name)s is the residents' own affair (%(source)s)."
        ),
    }[matter.competence]
    return {
        "said": said % known,
        "route": say_text(matter.route),
        "code": "" if matter.competence is Competence.RESIDENTS else matter.code,
    }


def _initial(shown: Shown, asked: QueryDict) -> dict[str, str]:
    """A residents' affair to be taken up; or, by a hint that was followed, whose it is instead."""
    code = asked.get("matter", "")[:40]
    matter = next((one for one in matters_in(shown) if one.code == code), None) if code else None
    if matter is None:
        return {"verdict": Verdict.TAKEN_UP, "competence": Competence.RESIDENTS}
    verdict = {Competence.OWNERS: Verdict.OWNERS, Competence.DUTY: Verdict.DUTY}
    return {
        "verdict": verdict.get(matter.competence, Verdict.TAKEN_UP),
        "competence": Competence.RESIDENTS,
        # Residents read Chinese first, whatever language the secretary works in.
        "words": matter.route.zh,
        "clause": matter.source,
    }


def _sizes(method: Method, form: ReviewForm) -> dict[str, Any]:
    chosen = str(form["size"].value() or "")
    rows = []
    for no, size in enumerate(method.sizes):
        value, procedure = f"{method.id}:{size.code}", method.procedure(size.procedure)
        leads = (
            _("Course: %(procedure)s") % {"procedure": say_text(procedure.name)}
            if procedure
            else _("Helped with, not deliberated")
        )
        rows.append(
            _choice("size", method, no, value, chosen, size.name)
            | {
                "means": say_text(size.means),
                "leads": leads,
            }
        )
    return {"name": say_text(method.name), "rows": rows}


def _entries(method: Method, form: ReviewForm) -> dict[str, Any]:
    chosen = str(form["entry"].value() or "")
    rows = []
    for no, entry in enumerate(method.catalogue):
        called = (
            _("Called: %(bodies)s") % {"bodies": say_bodies(entry.calls)} if entry.calls else ""
        )
        value = f"{method.id}:{entry.code}"
        rows.append(_choice("entry", method, no, value, chosen, entry.name) | {"means": called})
    return {"name": say_text(method.name), "rows": rows}


def _choice(
    name: str, method: Method, no: int, value: str, chosen: str, text: Any
) -> dict[str, Any]:
    return {
        "id": f"{name}_{method.id}_{no}",
        "value": value,
        "word": say_text(text),
        "checked": value == chosen,
    }


view = view_of(
    Running(
        ACT,
        _form,
        _do,
        _show,
        lambda shown, given, done: After(_said(done.code)),
        _why,
        ("words", "clause"),
        _refusal,
    ),
    "The page of the review, and the review.",
)
