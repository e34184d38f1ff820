"""The funds of a round, announced and put right before its terms are posted."""

from yishi.acts.door import Ask, Done
from yishi.acts.project.moving import move
from yishi.acts.topic.act import Plan, Written, act_on
from yishi.core.ledger import AccountKind, Moved
from yishi.core.refusal import Refusal
from yishi.core.round import announcing
from yishi.core.topic.now import Advanced
from yishi.records.entropy import new_uid
from yishi.records.models import Fund
from yishi.records.models.base import Kept
from yishi.records.queries.money import account_of, held_by
from yishi.records.queries.project_money import body_on_line
from yishi.records.queries.rule import today_of
from yishi.records.queries.topic import LockedTopic


def announce_fund(
    ask: Ask, uid: str, code: str, name: str, amount_fen: int, body_uid: str = ""
) -> Done | Refusal:
    """So much money of that source is there for the round. `body_uid`: whose it is, "" where it is
    no body known here. Its last day follows from the method.

    Refuses as `core.round.announcing`, and with `not_found`.
    """

    def decide(held: LockedTopic) -> Plan | Refusal:
        fixed = announcing.may_set_funds(held.procedure, held.now)
        if fixed:
            return fixed
        body = body_on_line(body_uid, held.topic.place)
        if body_uid and body is None:
            return Refusal("not_found", have="body")
        funds = list(Fund.objects.filter(topic=held.topic))
        assert held.procedure is not None and held.procedure.round is not None
        terms = held.procedure.round
        taken = tuple(one.name for one in funds)
        kind = announcing.announce_fund(terms, code, name, amount_fen, taken)
        if isinstance(kind, Refusal):
            return kind
        event = announcing.said("round.fund_announced", len(funds) + 1, amount_fen, name.strip())
        row = Fund(
            uid=new_uid(ask.entropy),
            topic=held.topic,
            code=code,
            payer=kind.payer,
            name=name.strip(),
            body=body,
            amount_fen=amount_fen,
            sweeps_on=terms.sweeps_on(today_of(ask.now)),
            at=ask.now,
        )

        def also(held: LockedTopic, advanced: Advanced) -> Written:
            row.save(force_insert=True)
            return Written([row, *_moved(ask, held, row, amount_fen)])

        return Plan(Advanced(event, held.now), also=also)

    return act_on(ask, "round.announce_fund", uid, decide)


def correct_fund(
    ask: Ask, uid: str, fund_uid: str, name: str, amount_fen: int, body_uid: str = ""
) -> Done | Refusal:
    """A fund is another sum, or has another name. Refuses as `announce_fund`, and with `not_found`,
    `fund_same`, and as `announcing.must_cover`."""

    def decide(held: LockedTopic) -> Plan | Refusal:
        fixed = announcing.may_set_funds(held.procedure, held.now)
        if fixed:
            return fixed
        funds = list(Fund.objects.filter(topic=held.topic).order_by("id"))
        row = next((one for one in funds if one.uid == fund_uid), None)
        body = body_on_line(body_uid, held.topic.place)
        if row is None or (body_uid and body is None):
            return Refusal("not_found", have="fund" if row is None else "body")
        assert held.procedure is not None and held.procedure.round is not None
        taken = tuple(one.name for one in funds if one.pk != row.pk)
        kind = announcing.announce_fund(held.procedure.round, row.code, name, amount_fen, taken)
        if isinstance(kind, Refusal):
            return kind
        if (row.name, row.amount_fen, row.body) == (name.strip(), amount_fen, body):
            return Refusal("fund_same", source=announcing.SOURCE)
        own = account_of(ask.entropy, held.topic, AccountKind.FUND, fund=row)
        below = announcing.must_cover(amount_fen, row.amount_fen - held_by([own])[own.pk])
        if below:
            return below
        event = announcing.said(
            "round.fund_corrected", funds.index(row) + 1, amount_fen, name.strip()
        )
        more = amount_fen - row.amount_fen

        def also(held: LockedTopic, advanced: Advanced) -> Written:
            row.name, row.amount_fen, row.body = name.strip(), amount_fen, body
            row.save(update_fields=["name", "amount_fen", "body"])
            return Written([row, *_moved(ask, held, row, more)])

        return Plan(Advanced(event, held.now), also=also)

    return act_on(ask, "round.correct_fund", uid, decide)


def _moved(ask: Ask, held: LockedTopic, fund: Fund, more: int) -> list[Kept]:
    """So much more, or less, is in the fund than before."""
    if not more:
        return []
    outside = account_of(ask.entropy, held.topic, AccountKind.OUTSIDE)
    own = account_of(ask.entropy, held.topic, AccountKind.FUND, fund=fund)
    if more > 0:
        moved = move(ask, Moved.GRANTED, outside, own, more)
    else:
        moved = move(ask, Moved.CORRECTED, own, outside, -more)
    # Less than it has is never taken out: `announcing.must_cover`.
    assert not isinstance(moved, Refusal)
    return [outside, own, moved]
