"""The accounts of a round: opened once each, and what each holds, summed from what moved."""

from collections.abc import Iterable

from django.db.models import Max, Sum

from yishi.core.ledger import AccountKind
from yishi.records.entropy import Entropy, new_uid
from yishi.records.models import Account, Fund, Pledge, Project, Topic, Transfer


def account_of(
    entropy: Entropy,
    topic: Topic,
    kind: AccountKind,
    *,
    fund: Fund | None = None,
    pledge: Pledge | None = None,
    project: Project | None = None,
) -> Account:
    """The account of that kind, opened where there is none yet; of a fund, a funder or a project
    there is one each, of the outside and of what was swept one a round."""
    named = {"topic": topic, "kind": kind, "fund": fund, "pledge": pledge, "project": project}
    found = Account.objects.filter(**named).first()
    if found is None:
        found = Account(uid=new_uid(entropy), **named)
        found.save(force_insert=True)
    return found


def held_by(accounts: Iterable[Account]) -> dict[int, int]:
    """Account → what it holds, in fen. Two statements."""
    keys = [one.pk for one in accounts]
    held = dict.fromkeys(keys, 0)
    for side, sign in (("source_id", -1), ("target_id", 1)):
        rows = Transfer.objects.filter(**{f"{side}__in": keys}).order_by().values(side)
        for row in rows.annotate(n=Sum("amount_fen")):
            held[row[side]] += sign * row["n"]
    return held


def last_no(topic: Topic) -> int:
    """The number of the last movement of a round, 0 for none. One statement."""
    return Transfer.objects.filter(topic=topic).aggregate(n=Max("no"))["n"] or 0
