"""Community burden: what the list does not let a community have is refused, and counted.

Source: 北京市接诉即办工作条例 art. 17, 上海 art. 27; practice P5.
"""

from collections.abc import Sequence
from dataclasses import replace

from yishi.acts.at_place import Written, act_at
from yishi.acts.door import Ask, Done
from yishi.core.duty import CommunityMay, must_be_for_community
from yishi.core.outcome import Event
from yishi.core.place import COMMUNITY_BODIES, COMMUNITY_WORDS
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import Body, Case, DutyRow, Pushed


class Guard:
    """Looks at whom a case would go to, and counts what it had to refuse by who tried."""

    def __init__(self) -> None:
        self.tried: tuple[Case, DutyRow, Body] | None = None

    def look(self, case: Case, row: DutyRow, bodies: Sequence[Body]) -> Refusal | None:
        """Refuses `duty_not_for_community` with the clause, for the lead first."""
        for index, body in enumerate(bodies):
            if body.kind not in COMMUNITY_BODIES:
                continue
            named = row.lead_body_id == body.pk or body.name in (row.lead, *row.co)
            barred = must_be_for_community(
                CommunityMay(row.community_may),
                leads=index == 0,
                named=named or _generic(row, leads=index == 0),
                unit=body.name,
                item=row.title,
            )
            if barred:
                self.tried = (case, row, body)
                return barred
        return None

    def count(self, ask: Ask, answer: Done | Refusal) -> Done | Refusal:
        """The answer unchanged; a refusal of this guard is journaled under who asked."""
        if isinstance(answer, Refusal) and self.tried is not None:
            _record(ask, *self.tried)
        return answer


def _generic(row: DutyRow, *, leads: bool) -> bool:
    """The list means the community by a general word (所属社区)."""
    return any(name in COMMUNITY_WORDS for name in ((row.lead,) if leads else row.co))


def _record(ask: Ask, case: Case, row: DutyRow, body: Body) -> None:
    uid = new_uid(ask.entropy)

    def do() -> Written:
        kept = Pushed(
            uid=uid,
            case=case,
            community=body,
            sender_id=ask.actor.person_id,
            sender_body_id=next(iter(sorted(ask.actor.bodies())), None),
            duty=row,
            code=row.code,
            at=ask.now,
        )
        kept.save(force_insert=True)
        facts: dict[str, int | str] = {"item": row.code}
        params = {"item": row.title, "community": body.name}
        return Written(Event("burden.refused", params, facts), [kept])

    again = replace(ask, key=f"{ask.key[:54]}-pushed", version=None)
    act_at(again, "burden.record", case.place, "pushed", uid, do)
