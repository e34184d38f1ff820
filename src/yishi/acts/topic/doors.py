"""上门送达: what hangs out is carried from door to door, and each door is entered in a register."""

from collections.abc import Sequence

from yishi.acts.door import Ask, Done
from yishi.acts.topic.act import Written, step_on
from yishi.core.method.language import Stage
from yishi.core.refusal import Refusal
from yishi.core.topic import facts as f
from yishi.core.topic.doors import WHOLE, moved
from yishi.core.topic.now import Advanced
from yishi.records.entropy import new_uid
from yishi.records.models import Building, Doorstep
from yishi.records.models.base import Kept
from yishi.records.queries.topic import LockedTopic
from yishi.records.queries.topic_doors import standing_of

# A leaf digests each row: so many doors fit one act, more than the largest building has.
DOORS_MAX, LABEL_MAX = 300, 40


def call_at_doors(
    ask: Ask, uid: str, building_code: str, found: str, labels: Sequence[str] = (), words: str = ""
) -> Done | Refusal:
    """Calls at doors of one building, with what came of all of them; no labels: at the building
    as a whole.

    Refuses as `core.topic.kinds.posting.call_at_doors`, and with `not_found` (no such building in
    the place), `doors_many`, `label_too_long`.
    """
    doors = tuple(dict.fromkeys(one.strip() for one in labels if one.strip())) or (WHOLE,)
    rows: list[Kept] = []
    at: list[Building] = []

    def make(held: LockedTopic, stage: Stage) -> f.Facts | Refusal:
        building = Building.objects.filter(
            code=building_code, community_id=held.topic.place_id
        ).first()
        if building is None:
            return Refusal("not_found", have="building")
        if len(doors) > DOORS_MAX:
            return Refusal("doors_many", DOORS_MAX, len(doors), "door")
        longest = max(len(one) for one in doors)
        if longest > LABEL_MAX:
            return Refusal("label_too_long", LABEL_MAX, longest, "characters")
        at.append(building)
        standing = standing_of(held.passage, held.now.tally, building)
        return f.DoorsCalled(
            building=building.code,
            name=building.name,
            found=found,
            doors=len(doors),
            moved=moved(standing, doors, found),
            words=words,
        )

    def also(held: LockedTopic, advanced: Advanced) -> Written:
        for label in doors:
            row = Doorstep(
                uid=new_uid(ask.entropy),
                passage=held.passage,
                building=at[-1],
                label=label,
                found=found,
                words=words,
                by_id=ask.actor.person_id,
                at=ask.now,
            )
            row.save(force_insert=True)
            rows.append(row)
        return Written(rows)

    return step_on(ask, "topic.call_at_doors", uid, make, also)
