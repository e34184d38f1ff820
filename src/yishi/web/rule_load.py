"""A rule file sent in: read, put aside, compared with the one in force; then kept, or adopted."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.acts import rule as acts
from yishi.acts.door import Ask, Done
from yishi.core.refusal import Refusal
from yishi.phrases.office import say_office, say_rule_error
from yishi.phrases.rule import say_rule_kind
from yishi.records.queries.place import place_for, places_for
from yishi.records.queries.rule import bundle_of, today_of
from yishi.records.queries.rule_list import held_at
from yishi.records.wallclock import now
from yishi.rulebook.diff import ChangeKind, diff
from yishi.rulebook.kinds import KINDS, parse
from yishi.rulebook.load import LARGEST, Bundle, read_bundle, usable_on
from yishi.rulebook.problem import RuleFileError
from yishi.web.gate import UNPROCESSABLE, actor_in, answered, ask_in, missing, page
from yishi.web.office import choices, rooms, table
from yishi.web.rule_file import adopting, wanted_in
from yishi.web.rule_shown import address, head
from yishi.web.uploads import as_bytes, as_text, fetch, file_sent, put_aside

LONG = 300
DIFFERENCES = 500


@page("rules.load", methods=("GET", "HEAD", "POST"))
def load(request: HttpRequest) -> HttpResponse:
    """Takes a rule file and puts it aside for its preview; nothing is kept yet."""
    if request.method != "POST":
        return _load_form(request)
    sent = file_sent(request, LARGEST)
    if isinstance(sent, Refusal):
        return _load_form(request, say_office(sent))
    files = {sent[1] or "rules.toml": sent[0]}
    stem = sent[1].removesuffix(".toml")
    for text in request.FILES.getlist("texts")[:40]:
        files[f"{stem}/{text.name}"] = text.read()
    kind = request.POST.get("kind", "")
    try:
        if kind not in KINDS:
            return _load_form(request, say_office(Refusal("not_found", have=kind[:20])))
        parse(read_bundle(kind, files))
    except RuleFileError as error:
        return _load_form(request, say_rule_error(error))
    kept = {"kind": kind, "files": {name: as_text(body) for name, body in files.items()}}
    return redirect(reverse("rules_preview", args=[put_aside(request, kept)]))


def _load_form(request: HttpRequest, refusal: dict[str, Any] | None = None) -> HttpResponse:
    kinds = [(kind, say_rule_kind(kind)) for kind in KINDS if kind not in ("calendar", "duties")]
    context = {
        "rooms": rooms("rules"),
        "refusal": refusal,
        "kinds": choices(kinds, request.POST.get("kind", "casework")),
    }
    status = UNPROCESSABLE if refusal else 200
    return render(request, "yishi/rule/load.html", context, status=status)


@page("rules.load", methods=("GET", "HEAD", "POST"))
def preview(request: HttpRequest, name: str) -> HttpResponse:
    """What the file would change; then it is kept, and adopted if a day is given."""
    kept = fetch(request, name)
    if kept is None:
        return missing(request)
    files = {file: as_bytes(body) for file, body in kept["files"].items()}
    made = read_bundle(kept["kind"], files)
    if request.method == "POST":
        answer = _keep(request, made)
        if isinstance(answer, Refusal):
            return _preview(request, made, answer)
        where = {"kind": made.kind, "name": made.id, "version": made.version}
        return answered(request, answer, address(where), _("The rule file is kept."))
    return _preview(request, made)


def _keep(request: HttpRequest, made: Bundle) -> Done | Refusal:
    ask = ask_in(request)
    own = places_for(ask.actor, "rules.load")
    at = place_for(ask.actor, own[0]["code"], "rules.load") if own else None
    if "adopt" not in request.POST:
        return acts.load_bundle(ask, made, at)
    wanted = wanted_in(request)
    if isinstance(wanted, Refusal):
        return wanted
    unusable = usable_on(made, wanted[1])
    if unusable:
        return unusable
    loaded = acts.load_bundle(ask, made, at)
    if isinstance(loaded, Refusal):
        return loaded
    return acts.adopt(Ask(ask.actor, ask.now, f"{ask.key}-adopt"), wanted[0], made, wanted[1])


def _preview(request: HttpRequest, made: Bundle, refusal: Refusal | None = None) -> HttpResponse:
    actor = actor_in(request)
    own = places_for(actor, "rules.view")
    at = place_for(actor, own[0]["code"], "rules.view") if own else None
    held = held_at(at, today_of(now())) if at else []
    before = next((h.bundle for h in held if h.bundle.kind == made.kind and not h.is_next), None)
    found = diff(bundle_of(before), made) if before else ()
    words = {
        ChangeKind.ADDED: _("added"),
        ChangeKind.REMOVED: _("removed"),
        ChangeKind.CHANGED: _("changed"),
    }
    context = {
        "rooms": rooms("rules"),
        "bundle": made,
        "kind": say_rule_kind(made.kind),
        "facts": head(made),
        "before": before,
        "changes": table(
            _("What would change"),
            [_("Key"), _("How"), _("Before"), _("After")],
            [
                (d.key, words[d.change], d.before[:LONG] or "—", d.after[:LONG] or "—")
                for d in found[:DIFFERENCES]
            ],
        ),
        "total": len(found),
        "left": max(0, len(found) - DIFFERENCES),
        "refusal": say_office(refusal) if refusal else None,
        **adopting(request),
    }
    status = UNPROCESSABLE if refusal else 200
    return render(request, "yishi/rule/preview.html", context, status=status)


urls: list[URLPattern] = [
    path("rules/load", load, name="rules_load"),
    path("rules/load/<str:name>", preview, name="rules_preview"),
]
