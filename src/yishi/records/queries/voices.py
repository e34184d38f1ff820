"""What was said on topics, in count: how much of it is not shown, and on which grounds."""

from django.db.models import Count

from yishi.records.models import Voice


def said_by(passage_id: int, kind: str, person_id: int | None, name: str = "") -> int:
    """How many voices of that kind a person has made of a plan while it hangs out; `name`: whoever
    the desk wrote it down for. One statement."""
    rows = Voice.objects.filter(passage_id=passage_id, kind=kind)
    if name:  # the names the desk wrote down are enciphered
        return [*rows.filter(person=None).values_list("name", flat=True)].count(name)
    return rows.filter(person_id=person_id or 0).count()


def voices_counted(place: str = "") -> tuple[int, dict[str, int]]:
    """How many voices there are on the topics of a place (uid, "" for all), and ground → how many
    of them are not shown. One statement."""
    rows = Voice.objects.all()
    if place:
        rows = rows.filter(passage__topic__place__uid=place)
    counted = rows.order_by().values("hidden_ground").annotate(n=Count("pk"))
    found = {row["hidden_ground"]: row["n"] for row in counted}
    return sum(found.values()), {ground: n for ground, n in sorted(found.items()) if ground}
