"""What a funder set aside and is not needed goes back where it came from."""

from yishi.acts.door import Ask
from yishi.acts.project.moving import move
from yishi.core.ledger import AccountKind, Moved
from yishi.core.project.now import PledgeState
from yishi.core.refusal import Refusal
from yishi.records.models import Account, Pledge, Project
from yishi.records.models.base import Kept
from yishi.records.queries.money import account_of, held_by


def give_back(ask: Ask, project: Project, pledge: Pledge) -> list[Kept] | Refusal:
    """A confirmed funder is not taken up after all: declined, and the whole of it back to its fund
    or to whoever gave it. The rows that changed, saved."""
    rows = release(ask, project, pledge)
    if isinstance(rows, Refusal):
        return rows
    pledge.state = PledgeState.DECLINED
    pledge.save(update_fields=["state"])
    return [*rows, pledge]


def release(ask: Ask, project: Project, pledge: Pledge) -> list[Kept] | Refusal:
    """What a funder has left moves back to the fund it came out of, or to whoever gave it; the
    rows, none where nothing is left."""
    account = Account.objects.filter(pledge=pledge).first()
    left = held_by([account])[account.pk] if account else 0
    if account is None or not left:
        return []
    if pledge.fund is not None:
        to = account_of(ask.entropy, project.topic, AccountKind.FUND, fund=pledge.fund)
        moved = move(ask, Moved.RELEASED, account, to, left, project=project)
    else:
        to = account_of(ask.entropy, project.topic, AccountKind.OUTSIDE)
        moved = move(ask, Moved.RETURNED, account, to, left, project=project)
    return moved if isinstance(moved, Refusal) else [moved]
