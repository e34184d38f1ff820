"""What was said on topics, in count: how much of it is not shown, and on which grounds."""

from django.db.models import Count

from yishi.records.models import Voice


def voices_counted(place: str = "") -> tuple[int, dict[str, int]]:
    """How many voices there are on the topics of a place (uid, "" for all), and ground → how many
    of them are not shown. One statement."""
    rows = Voice.objects.all()
    if place:
        rows = rows.filter(passage__topic__place__uid=place)
    counted = rows.order_by().values("hidden_ground").annotate(n=Count("pk"))
    found = {row["hidden_ground"]: row["n"] for row in counted}
    return sum(found.values()), {ground: n for ground, n in sorted(found.items()) if ground}
