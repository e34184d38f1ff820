"""One's own copy: what is kept about the person who asks, and nothing of anybody else.

Source: norms.md §5, personal information: own copy.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from yishi.records.models import (
    Appointment,
    Audit,
    Delivery,
    Message,
    Person,
    Pledge,
    ProjectLook,
    ProjectScore,
    Proposal,
    Rating,
    Report,
    Wish,
)


def own_data(person: Person, now: datetime) -> dict[str, Any]:
    """Plain values ready for JSON: account, appointments, reports, ratings, proposals, what was
    offered, seen and scored of projects, messages, sign-ins."""
    return {
        "made_at": now.isoformat(),
        "account": {
            "name": person.name,
            "phone": person.phone,
            "email": person.email,
            "wecom": person.wecom,
            "login": person.login,
            "level": person.level,
            "home": person.home.name if person.home else "",
            "room": person.room,
            "area_cm2": person.area_cm2,
            "joined_at": person.joined_at.isoformat(),
        },
        "appointments": _plain(
            Appointment.objects.filter(person=person).values(
                "role", "place__name", "body__name", "office", "from_on", "until_on"
            )
        ),
        "reports": _plain(
            Report.objects.filter(person=person)
            .order_by("id")
            .values(
                "number", "words", "nature", "channel", "place__name", "building__name", "spot",
                "lon", "lat", "datum", "filed_at", "answer", "answered_at",
                "urged_at", "withdrawn_at",
            )
        ),
        "ratings": _plain(
            Rating.objects.filter(report__person=person, by_resident=True).values(
                "report__number", "round", "solved", "satisfaction", "speed", "result", "service",
                "answer", "words", "rated_at",
            )
        ),
        "proposals": _plain(
            Proposal.objects.filter(person=person)
            .order_by("id")
            .values(
                "number", "topic__title", "title", "words", "kind", "listed", "building__name",
                "spot", "shows_name", "at", "state", "answer", "decided_at",
            )
        ),
        "pledges": _plain(
            Pledge.objects.filter(person=person)
            .order_by("id")
            .values("project__number", "name", "form", "amount_fen", "words", "state", "at")
        ),
        "looks": _plain(
            ProjectLook.objects.filter(person=person)
            .order_by("id")
            .values("project__number", "on", "is_fit", "words", "at")
        ),
        "scores": _plain(
            ProjectScore.objects.filter(person=person)
            .order_by("id")
            .values("project__number", "score", "words", "at")
        ),
        "messages": _plain(
            Message.objects.filter(recipient=person)
            .order_by("id")
            .values("channel", "template", "about", "text", "sent_at", "read_at")
        ),
        "sent": _plain(
            Delivery.objects.filter(person=person)
            .order_by("id")
            .values("channel", "text", "sent_at", "ended_at")
        ),
        "wishes": _plain(Wish.objects.filter(person=person).values("channel", "wanted")),
        "sign_ins": _plain(
            Audit.objects.filter(person=person)
            .order_by("id")
            .values("at", "what", "success", "address", "detail")
        ),
    }  # fmt: skip


def _plain(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            name.replace("__name", "").replace("report__", ""): value.isoformat()
            if isinstance(value, date | datetime)
            else value
            for name, value in row.items()
        }
        for row in rows
    ]
