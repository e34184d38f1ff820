"""Who on a roll is still to be told of what became of a vote."""

from django.db.models import Exists, OuterRef, Q

from yishi.core.vote.telling import REMINDED
from yishi.records.models import Holder, Proxy, RollTold


def holders_to_tell(told: RollTold, limit: int) -> list[tuple[int, int]]:
    """(holder, person) of the next accounts that may cast a line, by key. For a reminder only
    where that line, or one that gave it a proxy, has not taken part. One statement."""
    rows = Holder.objects.filter(
        vote_id=told.vote_id,
        id__gt=told.after,
        voter__is_struck=False,
        person__is_active=True,
        person__erased_at=None,
    )
    if told.template == REMINDED:
        given = Proxy.objects.filter(
            holder=OuterRef("voter_id"), ended_at=None, giver__is_struck=False, giver__part=None
        )
        rows = rows.filter(Q(voter__part=None) | Exists(given))
    return list(rows.order_by("id").values_list("id", "person_id")[:limit])
