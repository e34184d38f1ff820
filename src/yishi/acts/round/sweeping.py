"""What the funds of a round have left when their day is over is swept, and accounted for."""

from yishi.acts.door import Ask, Done
from yishi.acts.project.moving import move
from yishi.acts.topic.act import Plan, Written, act_on
from yishi.core.ledger import AccountKind, Moved
from yishi.core.outcome import Notice
from yishi.core.refusal import Refusal
from yishi.core.round import announcing
from yishi.core.topic.now import Advanced
from yishi.records.models.base import Kept
from yishi.records.queries.accounts import funds_to_sweep
from yishi.records.queries.money import account_of, held_by
from yishi.records.queries.project_money import desk_of
from yishi.records.queries.rule import today_of
from yishi.records.queries.topic import LockedTopic


def sweep(ask: Ask, uid: str) -> Done | Refusal:
    """On the day after the last of each fund what it has left is swept; what projects have set
    aside stays with them. The desk is told. Refuses with `not_found`, `nothing_to_sweep`."""

    def decide(held: LockedTopic) -> Plan | Refusal:
        today = today_of(ask.now)
        funds = list(funds_to_sweep(today).filter(topic=held.topic).order_by("id"))
        accounts = [
            account_of(ask.entropy, held.topic, AccountKind.FUND, fund=one) for one in funds
        ]
        left = held_by(accounts)
        together = sum(left.values())
        event = announcing.sweep(len(funds), together)
        if isinstance(event, Refusal):
            return event

        def also(held: LockedTopic, advanced: Advanced) -> Written:
            swept = account_of(ask.entropy, held.topic, AccountKind.SWEPT)
            rows: list[Kept] = [swept]
            for fund, account in zip(funds, accounts, strict=True):
                if left[account.pk]:
                    moved = move(ask, Moved.SWEPT, account, swept, left[account.pk])
                    assert not isinstance(moved, Refusal)
                    rows += [account, moved]
                fund.swept_at = ask.now
                fund.save(update_fields=["swept_at"])
                rows.append(fund)
            told = {"amount_fen": together}
            people = desk_of(held.topic.place_id, today)
            return Written(rows, [Notice("round.swept", one, told) for one in people])

        return Plan(Advanced(event, held.now), also=also)

    return act_on(ask, "round.sweep", uid, decide)
