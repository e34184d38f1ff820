"""A payment for a project: out of what a funder set aside, on a voucher, entered by somebody else
than who confirmed that funder."""

from yishi.acts.at_place import Written, fitting
from yishi.acts.door import Ask, Done
from yishi.acts.project.act import act_on, wrote
from yishi.acts.project.moving import move
from yishi.core.ledger import AccountKind, Moved
from yishi.core.project import funding
from yishi.core.refusal import Refusal
from yishi.records.files import NewFile, keep_file
from yishi.records.queries.money import account_of
from yishi.records.queries.project import HeldProject
from yishi.records.queries.project_money import money_paid, pledge_now, pledge_of

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

    Refuses as `core.project.funding.pay`, and with `not_found` (no funder of this project),
    `not_independent` (who confirmed that funder), `voucher_missing`, `voucher_long`,
    `voucher_used`, `payee_missing`, `words_too_long`.
    """
    number = voucher_no.strip()

    def do(held: HeldProject) -> Written | Refusal:
        pledge = pledge_of(held.project, pledge_uid)
        if pledge is None:
            return Refusal("not_found", have="pledge")
        if pledge.confirmed_by_id == ask.actor.person_id:
            return Refusal("not_independent", "project.pay", "confirmed", source=INDEPENDENCE)
        paid = money_paid(held.project)
        answer = funding.pay(held.now, pledge_now(pledge), amount_fen, paid)
        event = fitting(ask, held.topic.place, answer, words)
        if isinstance(event, Refusal):
            return event
        if not number or voucher is None:
            return Refusal("voucher_missing", 1, 0, "voucher", "norms.md §3")
        if len(number) > VOUCHER_MAX:
            return Refusal("voucher_long", VOUCHER_MAX, len(number), "characters")
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
