"""一事一档: everything of a topic on one page for print, and as a zip to be checked without us.

Everybody has the public edition; the whole one, with names and every paper, is for staff of the
place and those who watch over it, and that it was taken is noted. Both are sent while they are
made, a page of the source at a time. Their words are Chinese, as those of the forms.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils import translation
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from yishi.core.number import show_number
from yishi.core.permit import Permitted, permit
from yishi.records import log as logs
from yishi.records.audit import note
from yishi.records.files import file_path
from yishi.records.models import Entry
from yishi.records.queries.rule import today_of
from yishi.records.queries.topic_dossier import (
    call_pages,
    entry_pages,
    topic_bundle,
    voice_pages,
)
from yishi.records.wallclock import now
from yishi.tlog.excerpt import pack
from yishi.tlog.tiles import MissingTile, TileReader
from yishi.web.form.dossier import key_of
from yishi.web.form.dossier_index import STYLE, style
from yishi.web.form.made import CHINESE
from yishi.web.form.zip_stream import stream
from yishi.web.gate import View, actor_in, missing, page
from yishi.web.topic.dossier_parts import Edition, calls, chapters, files, story, voices

WHOLE = "topic.dossier"
PART, FRAME = "yishi/topic/dossier_part.html", "yishi/topic/dossier_frame.html"
INDEX = "目录.html"


def _view(act: str, send: Callable[[Edition], HttpResponseBase]) -> View:
    """A gated view of an edition: the whole one for who may have it, noted; the public one for
    everybody."""

    @never_cache
    @page(act)
    def view(request: HttpRequest, uid: str) -> HttpResponseBase:
        actor, moment = actor_in(request), now()
        found = topic_bundle(uid, today_of(moment))
        if found is None:
            return missing(request)
        if act == WHOLE:
            if not isinstance(permit(actor, WHOLE, found.held.subject), Permitted):
                return missing(request)
            address = request.META.get("REMOTE_ADDR", "")
            number = found.topic.number
            note(moment, actor.person_id, WHOLE, found.topic.uid, True, address, number)
        return send(Edition(found, whole=act == WHOLE))

    view.__doc__ = "The dossier of a topic, as far as this reader may have it."
    return view


def _print(edition: Edition) -> HttpResponseBase:
    """One page for print."""
    return StreamingHttpResponse(_chinese(_page(edition)), content_type="text/html; charset=utf-8")


def _zip(edition: Edition) -> HttpResponseBase:
    """Everything, each long part in files of bounded size."""
    answer = StreamingHttpResponse(
        stream(_chinese(_parts(edition))), content_type="application/zip"
    )
    kind = "卷宗" if edition.whole else "公开卷宗"
    name = escape_uri_path(f"{kind} {show_number(edition.found.topic.number)}.zip")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


def _chinese(parts: Iterator[Any]) -> Iterator[Any]:
    """The parts, each made in Chinese whatever the reader's language is between two of them."""
    while True:
        with translation.override(CHINESE):
            try:
                part = next(parts)
            except StopIteration:
                return
        yield part


def _page(edition: Edition) -> Iterator[str]:
    yield _frame(edition, static("yishi/dossier.css"), "head")
    for one in _sections(edition):
        yield render_to_string(PART, one)
    yield _frame(edition, "", "foot")


def _sections(edition: Edition) -> Iterator[dict[str, Any]]:
    """The chapters, the long ones a page at a time under one heading."""
    topic = edition.found.topic
    yield from chapters(edition)
    told = [(_("Comments and objections, with the answers"), _voices(edition))]
    if edition.whole:
        told.append((_("Calls back and scores"), _calls(edition)))
    told.append((_("Every entry of the record"), (story(p, edition) for p in entry_pages(topic))))
    for title, pages in told:
        for at, articles in enumerate(pages):
            yield {"title": "" if at else title, "articles": articles}


def _voices(edition: Edition) -> Iterator[list[dict[str, Any]]]:
    return (voices(page, edition) for page in voice_pages(edition.found.topic))


def _calls(edition: Edition) -> Iterator[list[dict[str, Any]]]:
    return (calls(page) for page in call_pages(edition.found.topic))


def _parts(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Index, long parts, papers, record: names and bytes, always in this order."""
    topic, named = edition.found.topic, files(edition)
    listed = [{"name": name, "sha256": one.sha256} for name, one in named.items()]
    body = "".join(render_to_string(PART, one) for one in chapters(edition))
    yield INDEX, _document(edition, body, listed)
    yield STYLE, style()
    yield from _long(edition, "意见和异议", _voices(edition))
    if edition.whole:
        yield from _long(edition, "回访和评分", _calls(edition))
    entries = (story(page, edition) for page in entry_pages(topic))
    yield from _long(edition, "过程记录", entries)
    for name, one in named.items():
        if (lies := file_path(one.sha256)).is_file():
            yield name, lies.read_bytes()
    for at, some in enumerate(entry_pages(topic), 1):
        yield f"record {at:03}.json", _record(some)


def _long(
    edition: Edition, name: str, pages: Iterator[list[dict[str, Any]]]
) -> Iterator[tuple[str, bytes]]:
    for at, articles in enumerate(pages, 1):
        body = render_to_string(PART, {"title": name, "articles": articles})
        yield f"{name} {at:03}.html", _document(edition, body, [])


def _document(edition: Edition, body: str, listed: list[dict[str, str]]) -> bytes:
    head = _frame(edition, STYLE, "head")
    return f"{head}{body}{_frame(edition, '', 'foot', listed)}".encode()


def _frame(
    edition: Edition, css: str, part: str, listed: list[dict[str, str]] | None = None
) -> str:
    topic = edition.found.topic
    context = {
        "part": part,
        "title": topic.title,
        "number": show_number(topic.number),
        "whole": edition.whole,
        "style": css,
        "files": listed or [],
    }
    return render_to_string(FRAME, context)


def _record(page: list[Entry]) -> bytes:
    """The leaves of a page of entries, each with its proof; those not published yet as they are."""
    log = logs.published()
    latest = log.latest()
    size = latest[0].size if latest else 0
    reader = TileReader(size, log.read)
    under = [one for one in page if one.seq is not None and one.seq < size]
    try:
        proofs = [(e.seq or 0, bytes(e.leaf), reader.inclusion_proof(e.seq or 0)) for e in under]
    except (MissingTile, ValueError):
        # A log that is damaged proves nothing; `yishi verify` says so.
        proofs, under = [], []
    known = {one.pk for one in under}
    pending = [bytes(one.leaf) for one in page if one.pk not in known]
    return pack(latest[1] if latest else "", key_of(log), proofs, pending)


urls: list[URLPattern] = [
    path("topics/<str:uid>/dossier", _view("topic.view", _print), name="topic_dossier"),
    path("topics/<str:uid>/dossier.zip", _view("topic.view", _zip), name="topic_dossier_zip"),
    path("topics/<str:uid>/dossier/whole", _view(WHOLE, _print), name="topic_dossier_whole"),
    path("topics/<str:uid>/dossier-whole.zip", _view(WHOLE, _zip), name="topic_dossier_whole_zip"),
]
