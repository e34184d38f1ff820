"""Rules: what is in force at a place, and every rule file kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from yishi.phrases.clock import say_exact
from yishi.phrases.rule import say_rule_kind
from yishi.records.queries.appointment import place_options
from yishi.records.queries.place import place_for
from yishi.records.queries.rule import today_of
from yishi.records.queries.rule_list import Held, bundles, held_at
from yishi.records.wallclock import now
from yishi.web import rule_amendments, rule_calendar, rule_duties, rule_file, rule_load
from yishi.web.gate import actor_in, missing, page
from yishi.web.office import choices, indented, rooms, table
from yishi.web.rows import page_in, pager_of
from yishi.web.rule_shown import address


@page("rules.view")
def rules(request: HttpRequest) -> HttpResponse:
    """The bundles in force at a place, and every bundle kept."""
    actor = actor_in(request)
    options = place_options(actor, "rules.view")
    code = request.GET.get("place", "")[:20] or (options[0]["code"] if options else "")
    place = place_for(actor, code, "rules.view")
    if place is None:
        return missing(request)
    held = held_at(place, today_of(now()))
    kept = bundles(page_in(request.GET))
    context = {
        "rooms": rooms("rules"),
        "place": place,
        "places": choices(indented(options), code),
        "held": table(
            _("In force at %(place)s") % {"place": place.name},
            [_("Rules"), _("Version"), _("Adopted by"), _("From"), _("Source"), _("Digest")],
            [_held(at) for at in held],
        )
        if held
        else None,
        "kept": table(
            _("Every rule file kept here"),
            [_("Rules"), _("Version"), _("Valid from"), _("Loaded"), _("Digest")],
            [
                (
                    (f"{say_rule_kind(row['kind'])} · {row['name']}", address(row)),
                    row["version"],
                    row["valid_from"].isoformat(),
                    say_exact(row["loaded_at"]),
                    row["sha256"][:12],
                )
                for row in kept.rows
            ],
        ),
        "pager": pager_of(kept, request.GET),
    }
    return render(request, "yishi/rule/rules.html", context)


def _held(at: Held) -> tuple[Any, ...]:
    row = at.bundle
    where = {"kind": row.kind, "name": row.name, "version": row.version}
    word = f"{say_rule_kind(row.kind)} · {row.name}"
    return (
        (f"{word}（{_('to begin')}）" if at.is_next else word, address(where)),
        row.version,
        at.place,
        at.from_on.isoformat(),
        row.source,
        row.sha256[:12],
    )


urls: list[URLPattern] = [
    path("rules", rules, name="rules"),
    *rule_load.urls,
    *rule_file.urls,
    *rule_calendar.urls,
    *rule_duties.urls,
    *rule_amendments.urls,
]
