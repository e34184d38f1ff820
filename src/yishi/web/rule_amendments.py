"""What rulings propose for the responsibility list: read, published, or not adopted."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.acts import duty as acts
from yishi.core.number import show_number
from yishi.core.permit import reach
from yishi.core.person import Actor
from yishi.core.refusal import Refusal
from yishi.phrases.clock import say_exact
from yishi.phrases.duty import say_may
from yishi.phrases.refusal import say_refusal
from yishi.phrases.request import say_amendment_state
from yishi.phrases.rule_file import say_key
from yishi.phrases.span import say_limit
from yishi.phrases.steps.step import units
from yishi.records.models import Amendment
from yishi.records.queries.amendment import STATES, amendment_for, amendments
from yishi.records.queries.rule import bundle_of
from yishi.records.wallclock import now
from yishi.rulebook.diff import Difference, diff
from yishi.web import ledger
from yishi.web.gate import UNPROCESSABLE, actor_in, answered, ask_in, missing, new_key, page
from yishi.web.office import choices, rooms, table
from yishi.web.rows import page_in, pager_of
from yishi.web.rule_shown import address

# The head of a list: every new version differs in it.
HEAD = frozenset({"version", "valid_from", "source"})


@page("amendment.list")
def listed(request: HttpRequest) -> HttpResponse:
    """Proposed, published and dropped amendments, newest first."""
    actor, state = actor_in(request), request.GET.get("state", "")[:12]
    found = amendments(actor, state, page_in(request.GET))
    words = [(code, say_amendment_state(code)["word"]) for code in STATES]
    labels = [_("Item"), _("Area"), _("Lead at present"), _("Lead proposed"), _("Matter")]
    rows = [
        (
            (_item(row["title"], row["grade"]), reverse("rule_amendment", args=[row["uid"]])),
            row["area"] or _("Anywhere"),
            row["duty__lead"] or "—",
            _holder(row["lead"], row["co"]),
            show_number(row["ruling__case__number"]),
            say_amendment_state(row["state"])["word"],
            say_exact(row["proposed_at"])[:10],
            row["bundle__version"] or "—",
        )
        for row in found.rows
    ]
    context = {
        "rooms": _rooms(actor),
        "table": table("", [*labels, _("State"), _("Proposed on"), _("Version")], rows),
        "found": bool(rows),
        "states": choices([("", _("All")), *words], state),
        "narrowed": bool(state),
        "pager": pager_of(found, request.GET),
    }
    return render(request, "yishi/rule/amendments.html", context)


@page("amendment.list")
def shown(request: HttpRequest, uid: str) -> HttpResponse:
    """One amendment: the ruling it comes from, and what it would change."""
    amendment = amendment_for(actor_in(request), uid)
    return missing(request) if amendment is None else _show(request, amendment)


@page("duties.amend", methods=("GET", "HEAD", "POST"))
def publish(request: HttpRequest, uid: str) -> HttpResponse:
    """Publishes the next version of the list; it holds from today."""
    amendment = amendment_for(actor_in(request), uid)
    if amendment is None or amendment.duty is None:
        return missing(request)
    if request.method != "POST":
        return redirect(reverse("rule_amendment", args=[uid]))
    answer = acts.amend(ask_in(request), amendment.duty.place, uid)
    if isinstance(answer, Refusal):
        return _again(request, uid, answer)
    said = _("Published. It holds from today; matters already given keep their row.")
    return answered(request, answer, reverse("rule_amendment", args=[uid]), said)


@page("duties.drop", methods=("GET", "HEAD", "POST"))
def drop(request: HttpRequest, uid: str) -> HttpResponse:
    """Does not adopt it, with the reason."""
    amendment = amendment_for(actor_in(request), uid)
    if amendment is None or amendment.duty is None:
        return missing(request)
    if request.method != "POST":
        return redirect(reverse("rule_amendment", args=[uid]))
    why = request.POST.get("why", "")
    answer = acts.drop(ask_in(request), amendment.duty.place, uid, why)
    if isinstance(answer, Refusal):
        return _again(request, uid, answer)
    said = _("Not adopted. The arbitration group reads the reason.")
    return answered(request, answer, reverse("rule_amendment", args=[uid]), said)


def _again(request: HttpRequest, uid: str, refusal: Refusal) -> HttpResponse:
    fresh = amendment_for(actor_in(request), uid)
    return missing(request) if fresh is None else _show(request, fresh, refusal)


def _show(
    request: HttpRequest, amendment: Amendment, refusal: Refusal | None = None
) -> HttpResponse:
    actor, duty = actor_in(request), amendment.duty
    proposed = amendment.state == "proposed"
    made = acts.made_of(amendment, duty.place, now()) if proposed and duty else None
    differences: tuple[Difference, ...] = ()
    if made is not None and not isinstance(made, Refusal):
        differences = diff(bundle_of(made[0]), made[1])
    barred = made if isinstance(made, Refusal) else None
    context = {
        "rooms": _rooms(actor),
        "amendment": amendment,
        "title": _item(amendment.title, amendment.grade),
        "tag": say_amendment_state(amendment.state),
        "facts": _facts(amendment),
        "next": "" if made is None or isinstance(made, Refusal) else made[1].version,
        "changes": table(
            _("What would change"),
            [_("Part of the row"), _("Before"), _("After")],
            _changes(differences),
        )
        if differences
        else None,
        "barred": say_refusal(barred) if barred and not refusal else None,
        "refusal": say_refusal(refusal) if refusal else None,
        "may": proposed and bool(reach(actor, "duties.amend")),
        "why": request.POST.get("why", ""),
        "key": new_key(),
        "drop_key": new_key(),
    }
    status = UNPROCESSABLE if refusal else 200
    return render(request, "yishi/rule/amendment.html", context, status=status)


def _changes(differences: tuple[Difference, ...]) -> list[tuple[str, str, str]]:
    """What differs of the row, in words; of a row of its own everything that stands in it."""
    named = {d.key.rpartition("].")[2]: d for d in differences if d.key not in HEAD}
    kind = named.pop("limit.kind", None)
    length = named.pop("limit.length", None)
    rows = []
    if kind is not None and length is not None:
        before, after = _limit(length.before, kind.before), _limit(length.after, kind.after)
        rows.append((_("Time limit"), before, after))
    for key, d in named.items():
        before, after = (say_may(v) if key == "community_may" else v for v in (d.before, d.after))
        if key != "limit.source" and (before or after):
            rows.append((say_key(key) or key, before or "—", after or "—"))
    return rows


def _limit(length: str, kind: str) -> str:
    return say_limit(int(length), kind) if length else "—"


def _facts(amendment: Amendment) -> list[dict[str, Any]]:
    ruling, duty, bundle = amendment.ruling, amendment.duty, amendment.bundle
    of_list = f"{_version(duty.bundle.version)} · {duty.place.name}" if duty else ""
    published = ""
    href = ""
    if bundle is not None:
        published = _version(bundle.version)
        href = address({"kind": bundle.kind, "name": bundle.name, "version": bundle.version})
    facts = [
        (_("Matter"), show_number(ruling.case.number), ""),
        (_("Ground of the ruling"), ruling.words, ""),
        (_("Ruled by"), ruling.ruled_by.name if ruling.ruled_by else "", ""),
        (_("Ruled at"), say_exact(ruling.ruled_at)[:16], ""),
        (_("Why the list should say so"), amendment.why, ""),
        (_("Where it is to hold"), amendment.area or _("Anywhere"), ""),
        (_("Lead at present"), duty.lead if duty else "", ""),
        (_("Lead proposed"), _holder(amendment.lead, amendment.co), ""),
        (_("Proposed for"), of_list, ""),
        (_("Published as"), published, href),
        (_("Decided by"), amendment.decided_by.name if amendment.decided_by else "", ""),
        (_("Why it was not adopted"), amendment.words, ""),
    ]
    return [{"label": la, "value": value, "href": to} for la, value, to in facts if value]


def _version(version: str) -> str:
    return _("Responsibility list, version %(version)s") % {"version": version}


def _holder(lead: str, co: Sequence[str]) -> str:
    """The proposed lead, and who is to help it."""
    return lead + (_(", helped by %(co)s") % {"co": units(co)} if co else "")


def _rooms(actor: Actor) -> list[dict[str, Any]]:
    """The administrator's rooms; for the arbitration group the accounts."""
    here = "rule_amendments"
    return rooms(here) if reach(actor, "rules.view") else ledger.rooms(actor, here)


def _item(title: str, grade: str) -> str:
    return " · ".join(part for part in (title, grade) if part)


urls: list[URLPattern] = [
    path("rules/amendments", listed, name="rule_amendments"),
    path("rules/amendments/<str:uid>", shown, name="rule_amendment"),
    path("rules/amendments/<str:uid>/publish", publish, name="rule_amendment_publish"),
    path("rules/amendments/<str:uid>/drop", drop, name="rule_amendment_drop"),
]
