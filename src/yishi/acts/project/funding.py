"""Who pays for a project: offered, confirmed, declined, taken back; every yuan found."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from yishi.acts.at_place import Written
from yishi.acts.door import Ask, Done
from yishi.acts.project.act import act_on, fitting, wrote
from yishi.acts.project.giving_back import decline, gives
from yishi.acts.project.moving import move
from yishi.core.ledger import AccountKind, Moved
from yishi.core.method.round import Payer
from yishi.core.project import funding
from yishi.core.project.now import Form, PledgeState, ProjectState
from yishi.core.project.saying import SOURCE
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.files import NewFile, keep_file
from yishi.records.models import Body, Fund, Pledge
from yishi.records.models.base import Kept
from yishi.records.queries.money import account_of
from yishi.records.queries.project import HeldProject, project_of
from yishi.records.queries.project_money import (
    body_on_line,
    is_desk,
    offers_of,
    pledge_now,
    pledge_of,
)
from yishi.records.queries.project_works import answers_for, lives_there
from yishi.records.queries.rule import today_of

INDEPENDENCE = "norms.md §1 Independence"


@dataclass(frozen=True)
class Offer:
    """What somebody would give. `fund`: uid of the fund of the round it comes out of; `body`: uid
    of the unit that gives it; else a firm the desk names, or a resident.

    `name` is public, as they wish it: needed of a firm the desk writes down; "" for a resident who
    wishes none. A fund and a body have their own."""

    payer: Payer
    form: Form
    amount_fen: int
    words: str = ""
    name: str = ""
    fund: str = ""
    body: str = ""


@dataclass(frozen=True)
class Value:
    """What a confirmation brings; the last three of residents' money alone."""

    amount_fen: int
    willing: int = 0
    units: int = 0
    resolution: NewFile | None = None


def offer(ask: Ask, uid: str, made: Offer) -> Done | Refusal:
    """A unit offers for itself, by whoever answers for it; a resident for themselves; for a fund
    and for others the desk writes it down.

    Many may offer at once: the version of the project is neither asked for nor claimed.

    Refuses as `core.project.funding.offer`, and with `not_found`, `not_yours` (for somebody else
    without a seat at the desk), `not_resident_here`, `words_personal`, `words_too_long`.
    """
    found = project_of(uid)
    place = found.topic.place if found else None
    body = body_on_line(made.body, place) if place else None
    fund = Fund.objects.filter(uid=made.fund, topic=found.topic).first() if found else None
    if (made.body and body is None) or (made.fund and fund is None):
        return Refusal("not_found", have="body" if made.body and body is None else "fund")
    giver = body or (fund.body if fund else None)

    def do(held: HeldProject) -> Written | Refusal:
        desk = is_desk(ask.actor, held.topic.place)
        themselves = _themselves(ask, giver, fund, made)
        if not themselves and not desk:
            return Refusal("not_yours", need="project.offer", source="permit")
        own = themselves and giver is None and not (desk and made.name.strip())
        if own and not desk and not lives_there(ask.actor, held):
            return Refusal("not_resident_here", source=SOURCE)
        person = ask.actor.person_id if own else None
        name = fund.name if fund else body.name if body else made.name.strip()
        offered = funding.Offered(
            Payer(fund.payer) if fund else made.payer,
            made.form,
            made.amount_fen,
            name,
            made.words.strip(),
            from_fund=fund is not None,
            before=0 if desk else offers_of(held.project, person, giver, today_of(ask.now)),
        )
        event = fitting(ask, held.topic.place, funding.offer(held.now, offered))
        if isinstance(event, Refusal):
            return event
        row = Pledge(
            uid=new_uid(ask.entropy),
            project=held.project,
            fund=fund,
            payer=offered.payer,
            body=giver,
            person_id=person,
            name=name,
            form=made.form,
            amount_fen=made.amount_fen,
            words=offered.words,
            state=PledgeState.OFFERED,
            at=ask.now,
            by_id=ask.actor.person_id,
        )
        row.save(force_insert=True)
        return Written(event, [row], held.project.state, held.project.number)

    anew = replace(ask, version=None)
    return act_on(anew, "project.offer", uid, do, units=[giver.pk] if giver else [])


def confirm_pledge(ask: Ask, uid: str, pledge_uid: str, value: Value) -> Done | Refusal:
    """A funder is valued and counts from now on: out of a fund it is set aside there, from others
    it is bound.

    Refuses as `core.project.funding.confirm`, and with `not_found`, `not_independent` (who wrote
    it down, offered it, or sits in the body that gives it), `account_short` (the fund has less).
    """

    def do(held: HeldProject, pledge: Pledge) -> Written | Refusal:
        if pledge.by_id == ask.actor.person_id:
            return _same_hand("project.confirm_pledge", "offered")
        if gives(ask.actor, pledge):
            return _same_hand("project.confirm_pledge", "gives")
        kind = held.terms.kind(held.project.kind)
        valued = funding.Valued(
            value.amount_fen, value.willing, value.units, resolution=value.resolution is not None
        )
        event = funding.confirm(
            held.now,
            pledge_now(pledge),
            valued,
            today_of(ask.now),
            kind.source if kind else SOURCE,
        )
        if isinstance(event, Refusal):
            return event
        pledge.amount_fen, pledge.state = value.amount_fen, PledgeState.CONFIRMED
        pledge.confirmed_at, pledge.confirmed_by_id = ask.now, ask.actor.person_id
        if pledge.payer == Payer.RESIDENTS and pledge.form == Form.MONEY:
            pledge.willing, pledge.units = value.willing, value.units
            assert value.resolution is not None
            pledge.resolution = keep_file(value.resolution, ask.now)
        pledge.save()
        rows = _set_aside(ask, held, pledge)
        return rows if isinstance(rows, Refusal) else wrote(held, event, {}, [pledge, *rows])

    return _on_pledge(ask, "project.confirm_pledge", uid, pledge_uid, do)


def decline_pledge(ask: Ask, uid: str, pledge_uid: str, words: str) -> Done | Refusal:
    """A funder is not taken up, or not any more: what was set aside goes back. Refuses as
    `core.project.funding.decline`, and with `not_found`, `not_independent` (whoever gives it, or
    sits in the body that does), `words_personal`, `words_too_long`."""

    def do(held: HeldProject, pledge: Pledge) -> Written | Refusal:
        if gives(ask.actor, pledge):
            return _same_hand("project.decline_pledge", "gives")
        answer = funding.decline(held.now, pledge_now(pledge), words.strip())
        event = fitting(ask, held.topic.place, answer)
        if isinstance(event, Refusal):
            return event
        rows = decline(ask, held.project, pledge)
        return rows if isinstance(rows, Refusal) else wrote(held, event, {}, rows)

    return _on_pledge(ask, "project.decline_pledge", uid, pledge_uid, do)


def withdraw_pledge(ask: Ask, uid: str, pledge_uid: str) -> Done | Refusal:
    """Who offered it, or answers for the body it was offered for, takes it back before it is
    confirmed. Refuses as `core.project.funding.withdraw`, and with `not_found`, `not_yours`."""
    giver = Pledge.objects.filter(uid=pledge_uid).values_list("body_id", flat=True).first()

    def do(held: HeldProject, pledge: Pledge) -> Written | Refusal:
        own = pledge.body_id is not None and answers_for(ask.actor, pledge.body_id)
        if pledge.by_id != ask.actor.person_id and not own:
            return Refusal("not_yours", need="project.withdraw_pledge", source="permit")
        event = funding.withdraw(pledge_now(pledge))
        if isinstance(event, Refusal):
            return event
        pledge.state = PledgeState.WITHDRAWN
        pledge.save(update_fields=["state"])
        return Written(event, [pledge], held.project.state, held.project.number)

    anew, units = replace(ask, version=None), () if giver is None else (giver,)
    return _on_pledge(anew, "project.withdraw_pledge", uid, pledge_uid, do, units)


def fund(ask: Ask, uid: str) -> Done | Refusal:
    """Its funders sum to its cost: the works may begin. Refuses as `core.project.funding.fund`."""

    def do(held: HeldProject) -> Written | Refusal:
        event = funding.fund(held.now)
        if isinstance(event, Refusal):
            return event
        return wrote(held, event, {"state": ProjectState.FUNDED})

    return act_on(ask, "project.fund", uid, do)


def _set_aside(ask: Ask, held: HeldProject, pledge: Pledge) -> list[Kept] | Refusal:
    """What a confirmed funder gives, in an account of its own."""
    own = account_of(ask.entropy, held.topic, AccountKind.PLEDGE, pledge=pledge)
    if pledge.fund is not None:
        source = account_of(ask.entropy, held.topic, AccountKind.FUND, fund=pledge.fund)
        why = Moved.COMMITTED
    else:
        source = account_of(ask.entropy, held.topic, AccountKind.OUTSIDE)
        why = Moved.GIVEN
    moved = move(ask, why, source, own, pledge.amount_fen, project=held.project)
    return moved if isinstance(moved, Refusal) else [source, own, moved]


def _themselves(ask: Ask, giver: Body | None, fund: Fund | None, made: Offer) -> bool:
    """Whether whoever offers gives what is their own: of a body they answer for, or as a
    resident."""
    if giver is not None:
        return answers_for(ask.actor, giver.pk)
    return fund is None and made.payer is Payer.RESIDENTS


def _on_pledge(
    ask: Ask,
    act: str,
    uid: str,
    pledge_uid: str,
    do: Callable[[HeldProject, Pledge], Written | Refusal],
    units: tuple[int, ...] = (),
) -> Done | Refusal:
    def held_do(held: HeldProject) -> Written | Refusal:
        pledge = pledge_of(held.project, pledge_uid)
        return do(held, pledge) if pledge else Refusal("not_found", have="pledge")

    return act_on(ask, act, uid, held_do, units=units)


def _same_hand(act: str, part: str) -> Refusal:
    return Refusal("not_independent", act, part, source=INDEPENDENCE)
