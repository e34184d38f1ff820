"""一事一档: everything of a matter in one file, which can be read and checked without us.

Its words are Chinese, as those of the forms; its order is always the same. Who raised it stays
here: no name of a resident and no phone is in it.
"""

from collections.abc import Iterator
from dataclasses import replace

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import translation
from django.utils.encoding import escape_uri_path
from django.views.decorators.cache import never_cache

from yishi.core.form import CONTACT, Form
from yishi.core.number import show_number
from yishi.phrases.clock import LONG_AGO
from yishi.records import log as files
from yishi.records.audit import note
from yishi.records.files import file_path
from yishi.records.queries.dossier import Bundle, bundle, report_pages
from yishi.records.queries.form import Found
from yishi.records.queries.form_report import OfReport
from yishi.records.queries.form_template import in_use, template_bytes
from yishi.tlog.excerpt import pack
from yishi.tlog.tiles import MissingTile, TileReader
from yishi.web.case.shown import Shown, read
from yishi.web.form.dossier_index import STYLE, index, style
from yishi.web.form.made import CHINESE, make, word_file
from yishi.web.form.zip_stream import safe_name, stream
from yishi.web.gate import missing, page

ACT = "form.dossier"
FORMS, PHOTOS = "表单", "照片"


@never_cache
@page(ACT)
def view(request: HttpRequest, uid: str) -> HttpResponseBase:
    """The dossier of a case as a zip, sent while it is made. That it was taken is noted."""
    shown = read(request, uid, ACT)
    if shown is None:
        return missing(request)
    case = shown.case
    address = request.META.get("REMOTE_ADDR", "")
    note(shown.now, shown.actor.person_id, ACT, case.uid, True, address, case.number)
    number = show_number(case.number)
    answer = StreamingHttpResponse(
        stream(_parts(request, replace(shown, now=LONG_AGO))), content_type="application/zip"
    )
    name = escape_uri_path(f"卷宗 {number}.zip")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


def _parts(request: HttpRequest, shown: Shown) -> Iterator[tuple[str, bytes]]:
    """Index, forms, photos, record: names and bytes, always in this order."""
    found = bundle(shown.held)
    with translation.override(CHINESE):
        told = index(shown, found, photo_names(found))
    yield "目录.html", told
    yield STYLE, style()
    yield from _forms(request, found)
    yield from _photos(found)
    yield "record.json", _record(found)


def _forms(request: HttpRequest, found: Bundle) -> Iterator[tuple[str, bytes]]:
    """The Word file of every form there is, by the templates of the place."""
    used = in_use(found.held.case.place)
    templates: dict[Form, bytes] = {}
    for at, (form, about) in enumerate(_each(found), 1):
        if form not in templates:
            templates[form] = template_bytes(used[form])
        made = make(request, form, about)
        yield (
            f"{FORMS}/{at:03} {safe_name(made.name)}.docx",
            word_file(made, templates[form]),
        )


def _each(found: Bundle) -> Iterator[tuple[Form, Found]]:
    for reports in report_pages(found.held):
        yield from ((Form.REGISTRATION, each) for each in reports)
    yield from found.forms
    for form in (Form.ANSWER, Form.CALL_BACK):
        for reports in report_pages(found.held):
            yield from ((form, each) for each in reports if _there_is(form, each))


def _there_is(form: Form, found: OfReport) -> bool:
    done = found.rating if form in CONTACT else found.report.answered_at
    return done is not None


def photo_names(found: Bundle) -> dict[str, str]:
    """digest → its name in the dossier: the same picture is in it once."""
    names: dict[str, str] = {}
    for each in found.photos:
        part = "办理后" if each.part == "proof" else "办理前"
        sha256 = each.file.sha256
        names.setdefault(sha256, f"{PHOTOS}/{len(names) + 1:03} {part} {sha256[:12]}.jpg")
    return names


def _photos(found: Bundle) -> Iterator[tuple[str, bytes]]:
    for sha256, name in photo_names(found).items():
        if (path := file_path(sha256)).is_file():
            yield name, path.read_bytes()


def _record(found: Bundle) -> bytes:
    """The leaves of the case and of those merged into it, each with its proof."""
    log = files.published()
    latest = log.latest()
    size = latest[0].size if latest else 0
    reader = TileReader(size, log.read)
    under = [e for e in found.entries if e.seq is not None and e.seq < size]
    try:
        proofs = [(e.seq or 0, bytes(e.leaf), reader.inclusion_proof(e.seq or 0)) for e in under]
    except (MissingTile, ValueError):
        # A log that is damaged proves nothing; `yishi verify` says so.
        proofs, under = [], []
    known = {entry.pk for entry in under}
    pending = [bytes(e.leaf) for e in found.entries if e.pk not in known]
    return pack(latest[1] if latest else "", key_of(log), proofs, pending)


def key_of(log: files.PublishedLog) -> str:
    """The verifier string of the log, "" where it has none."""
    try:
        key = log.verifier()
    except ValueError:
        return ""
    return key.encode() if key else ""
