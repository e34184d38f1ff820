"""What is public: signed-off publications, and markers where one was taken down."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from yishi.core.publication import PublicationState
from yishi.records.models import Entry, Meeting, Publication, Topic

SHOWN = (PublicationState.PUBLISHED, PublicationState.TAKEN_DOWN)


def list_published(community: str = "") -> QuerySet[Publication, Any]:
    """The board, newest first; `community` is a place's uid, "" for all."""
    found = Publication.objects.filter(state__in=SHOWN)
    if community:
        found = found.filter(case__place__uid=community)
    return found.order_by("-published_at", "-id").values(
        "uid", "state", "title", "answer", "ground", "published_at", "taken_down_at",
        "case__place__name", "case__item_title",
    )  # fmt: skip


def on_board(case_ids: Iterable[int]) -> QuerySet[Publication, Any]:
    """What is on the board of these cases, as dicts."""
    return Publication.objects.filter(
        case_id__in=tuple(case_ids), state=PublicationState.PUBLISHED
    ).values(
        "uid", "case_id", "title", "text", "answer", "published_at", "case__place__name",
        "case__item_title",
    )  # fmt: skip


def list_board_places() -> QuerySet[Publication, Any]:
    """The communities that have something on the board."""
    return (
        Publication.objects.filter(state__in=SHOWN)
        .order_by("case__place__code")
        .values("case__place__uid", "case__place__name")
        .distinct()
    )


def publication_for(uid: str) -> Publication | None:
    """One on the board, or its marker; None for what was never published."""
    return (
        Publication.objects.filter(uid=uid, state__in=SHOWN)
        .select_related("case__place", "case__lead")
        .first()
    )


def public_number(number: str) -> tuple[str, str] | None:
    """What anybody may read under a number: ("publication" | "topic" | "meeting", uid). A topic
    and a meeting are public from their first day. At most three statements."""
    if uid := published_uid(number):
        return "publication", uid
    for name, rows in (("topic", Topic.objects), ("meeting", Meeting.objects)):
        found = rows.filter(number=number).values_list("uid", flat=True).first()
        if found:
            return name, found
    return None


def published_uid(number: str) -> str | None:
    """The publication a resident's number leads to, while it is on the board."""
    return (
        Publication.objects.filter(
            case__links__report__number=number, state=PublicationState.PUBLISHED
        )
        .values_list("uid", flat=True)
        .first()
    )


def public_story(publication: Publication) -> QuerySet[Entry]:
    """The steps of the published case, oldest first, without the persons."""
    return Entry.objects.filter(subject_uid=publication.case.uid).order_by("subject_no")
