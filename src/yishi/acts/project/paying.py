"""A payment for a project: out of what a funder set aside, on a voucher, entered by somebody else
than who confirmed that funder; and reversed, by somebody else again, where it was a mistake."""

from yishi.acts.at_place import Written
from yishi.acts.door import Ask, Done
from yishi.acts.project.act import act_on, fitting, wrote
from yishi.acts.project.giving_back import give_back
from yishi.acts.project.moving import move
from yishi.core.ledger import AccountKind, Moved
from yishi.core.method.round import Payer
from yishi.core.number import show_number
from yishi.core.outcome import Notice
from yishi.core.project import paying as core
from yishi.core.refusal import Refusal
from yishi.records.files import NewFile, keep_file
from yishi.records.models import Place, Pledge, Transfer
from yishi.records.models.base import Kept
from yishi.records.queries.money import account_of
from yishi.records.queries.project import HeldProject
from yishi.records.queries.project_money import (
    money_paid,
    paid_on,
    payment_of,
    pledge_now,
    pledge_of,
)

INDEPENDENCE = "norms.md §1 Independence"
VOUCHER_MAX = 60


def pay(
    ask: Ask,
    uid: str,
    pledge_uid: str,
    amount_fen: int,
    voucher_no: str,
    voucher: NewFile | None,
    words: str,
) -> Done | Refusal:
    """So much is paid to whom `words` say, on that voucher.

    Refuses as `core.project.paying.pay`, and with `not_found` (no funder of this project),
    `not_independent` (who confirmed that funder), `voucher_missing`, `voucher_long`,
    `voucher_used` and `voucher_file_used` (in any round of the community), `payee_missing`,
    `words_personal`, `words_too_long`.
    """
    number = core.voucher_number(voucher_no)

    def do(held: HeldProject) -> Written | Refusal:
        pledge = pledge_of(held.project, pledge_uid)
        if pledge is None:
            return Refusal("not_found", have="pledge")
        if pledge.confirmed_by_id == ask.actor.person_id:
            return Refusal("not_independent", "project.pay", "confirmed", source=INDEPENDENCE)
        paid = money_paid(held.project)
        answer = core.pay(held.now, pledge_now(pledge), amount_fen, paid)
        event = fitting(ask, held.topic.place, answer, words)
        if isinstance(event, Refusal):
            return event
        if not number or voucher is None:
            return Refusal("voucher_missing", 1, 0, "voucher", "norms.md §3")
        if len(number) > VOUCHER_MAX:
            return Refusal("voucher_long", VOUCHER_MAX, len(number), "characters")
        used = _used(held.topic.place, number, voucher)
        if used:
            return used
        if not words.strip():
            return Refusal("payee_missing", source="norms.md §3")
        source = account_of(ask.entropy, held.topic, AccountKind.PLEDGE, pledge=pledge)
        target = account_of(ask.entropy, held.topic, AccountKind.SPENT, project=held.project)
        moved = move(
            ask,
            Moved.PAID,
            source,
            target,
            amount_fen,
            project=held.project,
            words=words.strip(),
            voucher_no=number,
            voucher=keep_file(voucher, ask.now),
        )
        if isinstance(moved, Refusal):
            return moved
        return wrote(held, event, {}, [source, target, moved])

    return act_on(ask, "project.pay", uid, do)


def reverse_payment(ask: Ask, uid: str, payment_uid: str, words: str) -> Done | Refusal:
    """A payment entered by mistake is undone by an entry of its own; its voucher may be paid on
    again. Where nothing is paid for the project any more the money goes on at once, to its fund or
    to whoever gave it. Who entered the payment is told.

    Refuses as `core.project.paying.reverse`, and with `not_found` (no payment for this project),
    `not_independent` (who entered it, or confirmed that funder), `words_personal`,
    `words_too_long`.
    """

    def do(held: HeldProject) -> Written | Refusal:
        payment = payment_of(held.project, payment_uid)
        if payment is None:
            return Refusal("not_found", have="payment")
        pledge = payment.source.pledge
        assert pledge is not None
        hands = {payment.by_id: "paid", pledge.confirmed_by_id: "confirmed"}
        part = hands.get(ask.actor.person_id)
        if part:
            return Refusal("not_independent", "project.reverse_payment", part, source=INDEPENDENCE)
        now = core.PaymentNow(
            payment.no,
            Payer(pledge.payer),
            payment.amount_fen,
            payment.voucher_no,
            is_reversed=hasattr(payment, "reversed_by"),
        )
        event = fitting(ask, held.topic.place, core.reverse(held.now, now, words))
        if isinstance(event, Refusal):
            return event
        moved = move(
            ask,
            Moved.REVERSED,
            payment.target,
            payment.source,
            payment.amount_fen,
            project=held.project,
            words=words.strip(),
            reverses=payment,
        )
        if isinstance(moved, Refusal):
            return moved
        back = _goes_on(ask, held, pledge, payment) if core.is_over(held.now) else []
        if isinstance(back, Refusal):
            return back
        return wrote(held, event, {}, [moved, *back], _to_payer(held, payment, words))

    # Also after the end of its round, so that what was wrong does not stay in the accounts.
    return act_on(ask, "project.reverse_payment", uid, do, after_end=True)


def _goes_on(
    ask: Ask, held: HeldProject, pledge: Pledge, payment: Transfer
) -> list[Kept] | Refusal:
    """What was paid by mistake leaves the funder's account, as the rest did or will."""
    why = Moved.RETURNED if pledge.fund is None else Moved.RELEASED
    return give_back(ask, held.project, [pledge], [(pledge.uid, why, payment.amount_fen)])


def _to_payer(held: HeldProject, payment: Transfer, words: str) -> list[Notice]:
    if payment.by_id is None:
        return []
    params = {
        "number": held.project.number,
        "title": held.project.option.title,
        "amount_fen": payment.amount_fen,
        "voucher": payment.voucher_no,
        "words": words.strip(),
    }
    return [Notice("project.payment_reversed", payment.by_id, params)]


def _used(place: Place, number: str, voucher: NewFile) -> Refusal | None:
    """That voucher was paid on in this community, by its number or by its very file: where."""
    found = paid_on(place, number, voucher.sha256)
    if found:
        same_number = core.voucher_number(found.voucher_no) == number
        code = "voucher_used" if same_number else "voucher_file_used"
        return Refusal(code, have=_where(found), source="norms.md §3")
    return None


def _where(payment: Transfer) -> str:
    """The project it was paid for, and the voucher's number."""
    project = payment.project
    assert project is not None
    return f"{project.option.title} {show_number(project.number)} · {payment.voucher_no}"
