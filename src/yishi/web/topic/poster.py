"""What hangs out, as a sheet for board and doors: 公示 or 征求意见稿, and how to answer."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from yishi.core.method.language import StageKind
from yishi.core.number import show_number
from yishi.core.refusal import Refusal
from yishi.core.topic.now import OptionState
from yishi.phrases.clock import say_date, say_full_by
from yishi.phrases.form.common import Foot
from yishi.phrases.round_notice import say_notice
from yishi.phrases.rule import say_text
from yishi.records.models import Option
from yishi.records.queries.round import funds_of
from yishi.records.queries.topic_stage import lead_name, posted_entry
from yishi.tlog.code import entry_code
from yishi.web.form.made import CHINESE
from yishi.web.gate import missing, page, refuse
from yishi.web.sheet import paper_asked, sheet
from yishi.web.topic.result import results
from yishi.web.topic.running import topic_href
from yishi.web.topic.shown import Shown, read

KINDS = (StageKind.COMMENT, StageKind.NOTICE)


@page("topic.view")
def poster(request: HttpRequest, uid: str) -> HttpResponse:
    """The sheet of what hangs out now. Refuses where nothing does: `not_posted`."""
    shown = read(request, uid)
    if shown is None:
        return missing(request)
    if shown.kind not in KINDS or "until" not in shown.tally:
        back = (topic_href(uid), _("The topic"))
        return refuse(request, Refusal("not_posted", source=shown.topic.stage), back=back)
    with translation.override(CHINESE):
        address = request.build_absolute_uri(topic_href(uid))
        entry = posted_entry(uid)
        code = entry_code(entry.seq, bytes(entry.leaf)) if entry else ""
        context = {
            **_context(shown),
            "sheet": sheet(
                topic_href(uid),
                foot=Foot(code, address),
                code=show_number(shown.topic.number),
                paper=paper_asked(request, "A4"),
            ),
            "papers": [
                {
                    "href": f"{reverse('topic_poster', args=[uid])}?paper={size}",
                    "word": size,
                    "here": size == paper_asked(request, "A4"),
                }
                for size in ("A4", "A3")
            ],
        }
        return render(request, "yishi/topic/poster.html", context)


def _context(shown: Shown) -> dict[str, Any]:
    since = shown.tally.get("since")
    until = datetime.fromisoformat(str(shown.tally["until"]))
    begun = datetime.fromisoformat(str(since)) if since else shown.topic.entered_at
    return {
        "topic": shown.topic,
        "is_notice": shown.kind is StageKind.NOTICE,
        "place": shown.topic.place.name,
        "options": _options(shown),
        "begun": say_date(begun) if begun else "",
        "until": say_full_by(until),
        "stage": say_text(shown.stage.name),
        "again": int(shown.tally.get("again", 0)),
        "lead": lead_name(shown.held),
        "terms": _terms(shown),
    }


def _terms(shown: Shown) -> list[dict[str, Any]]:
    """Of a round that has not begun: its terms, whole."""
    procedure = shown.procedure
    if procedure.round is None or shown.stage.id != procedure.first.id:
        return []
    return say_notice(procedure, funds_of(shown.topic), shown.now)


def _options(shown: Shown) -> list[dict[str, Any]]:
    """What hangs out, with its words; of a round's result each project's own lines."""
    told = results(shown.held)
    return [
        {"no": row.no, "title": row.title, "words": row.words, "result": told.get(row.pk, [])}
        for row in _out(shown)
    ]


def _out(shown: Shown) -> list[Option]:
    """On notice the option that was decided on, where one was; else every one that is open."""
    chosen = [row for row in shown.options if row.pk == shown.topic.chosen_id]
    if shown.kind is StageKind.NOTICE and chosen:
        return chosen
    return [row for row in shown.options if row.state != OptionState.DONE]


urls: list[URLPattern] = [path("topics/<str:uid>/poster", poster, name="topic_poster")]
