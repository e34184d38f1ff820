"""Money moves between two accounts of a round, inside the act it belongs to."""

from yishi.acts.door import Ask
from yishi.core.ledger import AccountKind, Moved, must_cover
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import Account, Project, StoredFile, Transfer
from yishi.records.queries.money import held_by, last_no


def move(
    ask: Ask,
    moved: Moved,
    source: Account,
    target: Account,
    amount_fen: int,
    *,
    project: Project | None = None,
    words: str = "",
    voucher_no: str = "",
    voucher: StoredFile | None = None,
    reverses: Transfer | None = None,
) -> Transfer | Refusal:
    """The row of what moved, saved, to be sealed with the act. The round is held by the act, so
    that nobody else moves meanwhile; the database holds the same besides.

    Refuses with `amount_wrong`, `account_short`.
    """
    kinds = (AccountKind(source.kind), AccountKind(target.kind))
    wrong = must_cover(moved, kinds, held_by([source])[source.pk], amount_fen)
    if wrong:
        return wrong
    row = Transfer(
        uid=new_uid(ask.entropy),
        topic_id=source.topic_id,
        no=last_no(source.topic) + 1,
        moved=moved,
        source=source,
        target=target,
        amount_fen=amount_fen,
        project=project,
        voucher_no=voucher_no,
        voucher=voucher,
        reverses=reverses,
        words=words,
        by_id=ask.actor.person_id,
        at=ask.now,
    )
    row.save(force_insert=True)
    return row
