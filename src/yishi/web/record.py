"""The public record: what it is, where it stands, what was last written, and how to check it.

Everything here is read from the public part of the journal; no name, no text, no phone is in it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from yishi.phrases.act import say_act, say_subject
from yishi.phrases.clock import say_exact, say_when
from yishi.phrases.role import say_role
from yishi.phrases.state import say_state
from yishi.records import log as files
from yishi.records.queries.log import list_leaves
from yishi.records.queries.paging import page_within
from yishi.records.wallclock import now as read_clock
from yishi.tlog.checkpoint import Checkpoint
from yishi.tlog.code import entry_code, number_in
from yishi.tlog.leaf import Leaf
from yishi.tlog.tiles import MissingTile, TileReader
from yishi.tlog.tree import leaf_hash, verify_inclusion
from yishi.web.gate import missing, page
from yishi.web.rows import page_in, pager

PAGE = 30
FOR_EVER = "public, max-age=31536000, immutable"
NOT_KEPT = "no-cache"
NOTES = (files.CHECKPOINT, files.CHECKPOINTS, files.KEY)


@page("record.view")
def record(request: HttpRequest) -> HttpResponse:
    """The newest checkpoint, its code for printed sheets, and the latest entries."""
    log = files.published()
    latest = log.latest()
    size = latest[0].size if latest else 0
    typed = request.GET.get("code", "")[:40]
    named = number_in(typed)
    if named is not None and named < size:
        query = urlencode({"code": typed.strip()})
        return redirect(f"{reverse('record_entry', args=[named])}?{query}")
    number, pages = page_within(page_in(request.GET), size, PAGE)
    end = size - (number - 1) * PAGE
    now = read_clock()
    context = {
        "checkpoint": _checkpoint(latest[0]) if latest else None,
        "note": latest[1] if latest else "",
        "key": _key(log),
        "typed": typed,
        "origin": settings.YISHI_LOG_ORIGIN,
        "table": _table(list_leaves(max(0, end - PAGE), end), now) if size else None,
        "pager": pager(number, pages, size, request.GET),
    }
    return render(request, "yishi/record/record.html", context)


@page("record.view")
def entry(request: HttpRequest, seq: int) -> HttpResponse:
    """One entry: what its leaf says, and the proof that it is in the signed tree."""
    log = files.published()
    latest = log.latest()
    if latest is None or not 0 <= seq < latest[0].size:
        return missing(request)
    point = latest[0]
    reader = TileReader(point.size, log.read)
    try:
        data = reader.entry(seq)
        proof = reader.inclusion_proof(seq)
        leaf = Leaf.from_bytes(data)
    except (MissingTile, ValueError):
        return missing(request)
    holds = verify_inclusion(leaf_hash(data), seq, point.size, proof, point.root)
    code, typed = entry_code(seq, data), request.GET.get("code", "")[:40].strip().upper()
    context = {
        "code": code,
        "typed": typed,
        "same": typed == code,
        "seq": seq,
        "act": say_act(leaf.act),
        "facts": _facts(leaf),
        "digests": [{"name": name, "digest": value} for name, value in leaf.digests.items()],
        "json": data.decode(),
        "hash": leaf_hash(data).hex(),
        "proof": [each.hex() for each in proof],
        "checkpoint": _checkpoint(point),
        "holds": holds,
    }
    return render(request, "yishi/record/entry.html", context)


@page("record.view")
def log_file(request: HttpRequest, name: str) -> HttpResponse:
    """A published file as it lies there: `checkpoint`, `checkpoints`, `key`, `tile/…`."""
    log = files.published()
    if name in NOTES:
        try:
            data = (log.folder / name).read_bytes()
        except FileNotFoundError:
            return HttpResponse(status=404)
        kind, kept = "text/plain; charset=utf-8", NOT_KEPT
    else:
        found = log.read_cut(name)
        if found is None:
            return HttpResponse(status=404)
        data, kind, kept = found, "application/octet-stream", FOR_EVER
    return HttpResponse(data, content_type=kind, headers={"Cache-Control": kept})


def short_code(point: Checkpoint) -> str:
    """The code of a checkpoint on a printed sheet (验真码): its size and 48 bits of its root."""
    digits = point.root.hex()[:12].upper()
    return "-".join((str(point.size), digits[:4], digits[4:8], digits[8:]))


def _checkpoint(point: Checkpoint) -> dict[str, Any]:
    return {"size": point.size, "root": point.root.hex(), "code": short_code(point)}


def _key(log: files.PublishedLog) -> str:
    try:
        key = log.verifier()
    except ValueError:
        return ""
    return key.encode() if key else ""


def _table(leaves: Iterable[tuple[int, Leaf]], now: datetime) -> dict[str, Any]:
    labels = (_("No."), _("Act"), _("Who"), _("On what"), _("When"))
    columns = [{"label": label, "nums": at == 0} for at, label in enumerate(labels)]
    rows = []
    for seq, leaf in leaves:
        cells: tuple[dict[str, Any], ...] = (
            {"text": seq, "href": reverse("record_entry", args=[seq]), "nums": True},
            {"text": say_act(leaf.act)},
            {"text": _who(leaf)},
            {"text": f"{say_subject(leaf.subject.kind)} {leaf.subject.uid[:8]}"},
            {"text": say_when(leaf.at, now)},
        )
        rows.append([{**cell, "label": label} for cell, label in zip(cells, labels, strict=True)])
    return {"caption": _("Latest entries"), "columns": columns, "rows": rows}


def _who(leaf: Leaf) -> str:
    """Role and office. An override adds the name, because it is made public on purpose."""
    actor = leaf.actor
    return " ".join(filter(None, (actor.office or actor.unit, say_role(actor.role), actor.name)))


def _facts(leaf: Leaf) -> list[dict[str, str]]:
    found = [
        {"label": _("Act"), "value": f"{say_act(leaf.act)} ({leaf.act})"},
        {"label": _("When"), "value": say_exact(leaf.at)},
        {"label": _("Who"), "value": _who(leaf)},
        {"label": _("Pseudonym here"), "value": leaf.actor.who},
        {
            "label": _("On what"),
            "value": f"{say_subject(leaf.subject.kind)} {leaf.subject.uid}, {leaf.no}",
        },
    ]
    if leaf.after and leaf.subject.kind == "case":
        before = say_state(leaf.before)["word"] if leaf.before else "–"
        found.append({"label": _("State"), "value": f"{before} → {say_state(leaf.after)['word']}"})
    if leaf.rule:
        value = f"{leaf.rule.id} {leaf.rule.version} ({leaf.rule.sha256[:12]})"
        found.append({"label": _("By which rules"), "value": value})
    found += [
        {"label": name, "value": str(value)}
        for name, value in sorted(leaf.facts.items())
        if name != "code"
    ]
    return found


urls: list[URLPattern] = [
    path("record", record, name="record"),
    path("record/entries/<int:seq>", entry, name="record_entry"),
    path("log/<path:name>", log_file, name="log_file"),
]
