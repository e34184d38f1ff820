"""People: the list, a list loaded, one person with what they hold; posts given and ended there."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from yishi.acts import appointment
from yishi.acts import person as acts
from yishi.acts.appointment import Offer
from yishi.acts.door import Done
from yishi.core.person import APPOINTED, Role
from yishi.core.phone import mask_phone
from yishi.core.refusal import Refusal
from yishi.core.sheets import PERSON_SHEETS
from yishi.phrases.office import say_office
from yishi.phrases.person import say_level
from yishi.phrases.role import say_role
from yishi.records.models import Person
from yishi.records.queries.appointment import place_options, post_options, posts_of
from yishi.records.queries.person import RESIDENTS, STAFF, people, person_for
from yishi.records.queries.rule import today_of
from yishi.records.wallclock import now
from yishi.web.gate import UNPROCESSABLE, actor_in, answered, ask_in, missing, new_key, page
from yishi.web.office import choices, day_typed, in_line, rooms, table
from yishi.web.rows import page_in, pager_of
from yishi.web.uploads import Load, load_urls


@page("person.list")
def people_list(request: HttpRequest) -> HttpResponse:
    """Everybody who lives or serves in the actor's place; phones masked."""
    words, which = request.GET.get("q", "").strip()[:40], request.GET.get("which", "")
    found = people(actor_in(request), today_of(now()), words, which, page_in(request.GET))
    rows = [
        (
            (row["name"] or row["login"], reverse("person", args=[row["uid"]])),
            row["phone"] or "—",
            "、".join(f"{say_role(p['role'])}（{p['office']}）" for p in row["posts"])
            or _("Resident"),
            row["home__name"] or "—",
        )
        for row in found.rows
    ]
    kinds = (("", _("Everybody")), (STAFF, _("Who hold a post")), (RESIDENTS, _("Who hold none")))
    context = {
        "rooms": rooms("people"),
        "table": table("", [_("Name"), _("Phone"), _("Roles"), _("Lives in")], rows),
        "found": bool(rows),
        "chips": {
            "groups": [
                {
                    "name": "which",
                    "label": _("Show these"),
                    "options": [
                        {"value": value, "word": word, "checked": value == which}
                        for value, word in kinds
                    ],
                }
            ],
            "search": {
                "name": "q",
                "label": _("Whole phone number or sign-in name"),
                "value": words,
            },
        },
        "pager": pager_of(found, request.GET),
    }
    return render(request, "yishi/person/list.html", context)


@page("person.list")
def person(request: HttpRequest, uid: str) -> HttpResponse:
    """One person: who they are, what they hold and have held here."""
    found = person_for(actor_in(request), uid)
    return _person(request, found) if found else missing(request)


def _person(request: HttpRequest, one: Person, refusal: Refusal | None = None) -> HttpResponse:
    today = today_of(now())
    posts = posts_of(actor_in(request), one.pk, page_in(request.GET))
    context = {
        "rooms": rooms("people"),
        "person": one,
        "name": one.name or one.login,
        "facts": [
            {"label": _("Phone"), "value": mask_phone(one.phone) or "—"},
            {"label": _("Identity"), "value": say_level(one.level)},
            {"label": _("Lives in"), "value": one.home.name if one.home else "—"},
            {"label": _("Signs in as"), "value": one.login if one.is_staff_member else "—"},
        ],
        "posts": [_post(row, today) for row in posts.rows],
        "pager": pager_of(posts, request.GET),
        "today": today.isoformat(),
        "refusal": say_office(refusal) if refusal else None,
    }
    status = UNPROCESSABLE if refusal else 200
    return render(request, "yishi/person/person.html", context, status=status)


def _post(row: dict[str, Any], today: date) -> dict[str, Any]:
    over = row["until_on"] is not None and row["until_on"] <= today
    coming = row["from_on"] > today
    state = _("ended") if over else _("to begin") if coming else _("in force")
    return {
        "uid": row["uid"],
        "role": say_role(row["role"]),
        "office": row["office"],
        "where": " · ".join(
            filter(None, (row["place__name"], row["body__name"], row["grouping__name"]))
        ),
        "from_on": row["from_on"].isoformat(),
        "until_on": row["until_on"].isoformat() if row["until_on"] else _("without end"),
        "state": state,
        "kind": "" if over else "done",
        "open": not over,
        "key": new_key(),
    }


@page("appointment.end", methods=("POST",))
def end(request: HttpRequest, uid: str) -> HttpResponse:
    """Ends one of a person's posts on a day."""
    found = person_for(actor_in(request), uid)
    if found is None:
        return missing(request)
    on = day_typed(request.POST.get("on", ""))
    if isinstance(on, Refusal):
        return _person(request, found, on)
    answer = appointment.end(ask_in(request), request.POST.get("post", "")[:20], on)
    if isinstance(answer, Refusal):
        return _person(request, found, answer)
    said = _("The post ends on %(day)s.") % {"day": on.isoformat()}
    return answered(request, answer, reverse("person", args=[uid]), said)


@page("appointment.give", methods=("GET", "HEAD", "POST"))
def give(request: HttpRequest, uid: str) -> HttpResponse:
    """Gives a post: the place first, then what is to be had there."""
    found = person_for(actor_in(request), uid)
    if found is None:
        return missing(request)
    if request.method != "POST":
        return _give_form(request, found)
    answer = _give(request, uid)
    if isinstance(answer, Refusal):
        return _give_form(request, found, answer)
    return answered(request, answer, reverse("person", args=[uid]), _("The post is given."))


def _give(request: HttpRequest, uid: str) -> Done | Refusal:
    typed = request.POST
    from_on = day_typed(typed.get("from_on", ""))
    until_on = day_typed(typed["until_on"]) if typed.get("until_on") else None
    for read in (from_on, until_on):
        if isinstance(read, Refusal):
            return read
    role = typed.get("role", "")
    if role not in APPOINTED:
        return Refusal("role_not_appointed", have=role[:24])
    assert isinstance(from_on, date) and not isinstance(until_on, Refusal)
    offer = Offer(
        uid,
        Role(role),
        typed.get("place", "")[:20],
        from_on,
        until_on,
        typed.get("body", "")[:20],
        typed.get("grouping", "")[:20],
        typed.get("office", "")[:60],
        typed.get("ground", "")[:20],
    )
    return appointment.give(ask_in(request), offer)


def _give_form(request: HttpRequest, one: Person, refusal: Refusal | None = None) -> HttpResponse:
    actor = actor_in(request)
    typed = request.POST if request.method == "POST" else request.GET
    options = post_options(actor, typed.get("place", "")[:20])
    context: dict[str, Any] = {
        "rooms": rooms("people"),
        "person": one,
        "name": one.name or one.login,
        "refusal": say_office(refusal) if refusal else None,
        "typed": typed,
        "key": new_key(),
        "today": today_of(now()).isoformat(),
    }
    if options is None:
        context["places"] = [
            {"uid": row["uid"], "word": in_line(row)}
            for row in place_options(actor, "appointment.give")
        ]
    else:
        context |= {
            "place": options.place,
            "roles": choices(((r.value, say_role(r)) for r in APPOINTED), typed.get("role", "")),
            "bodies": choices(
                ((row["uid"], row["name"]) for row in options.bodies), typed.get("body", "")
            ),
            "groupings": choices(
                ((row["uid"], row["name"]) for row in options.groupings), typed.get("grouping", "")
            ),
        }
    status = UNPROCESSABLE if refusal else 200
    return render(request, "yishi/person/give.html", context, status=status)


LOAD = Load(
    act="person.load",
    noun="person",
    room="people",
    sheets=PERSON_SHEETS,
    load=acts.load,
    words=lambda: {
        "title": _("Load people"),
        "lead": _("One row a person, known by their phone. Posts are loaded with their own list."),
        "file": _("People"),
        "errors": _("Errors in the list of people"),
        "done": _("The list is loaded."),
    },
)

urls: list[URLPattern] = [
    path("people", people_list, name="people"),
    *load_urls(LOAD),
    path("people/<str:uid>", person, name="person"),
    path("people/<str:uid>/give", give, name="post_give"),
    path("people/<str:uid>/end", end, name="post_end"),
]
