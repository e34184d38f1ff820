"""监督: committees of the stage and residents of the place look on while it is built."""

from yishi.acts.at_place import Written
from yishi.acts.door import Ask, Done
from yishi.acts.project.act import act_on, fitting
from yishi.core.method.round import Most
from yishi.core.project import building as core
from yishi.core.project.now import Look
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.files import NewFile, keep_file
from yishi.records.models import ProjectLook
from yishi.records.queries.project import HeldProject
from yishi.records.queries.project_works import lives_there, looks_on, watches_for
from yishi.records.queries.rule import start_of, today_of


def watch(
    ask: Ask, uid: str, words: str, photo: NewFile | None = None, body_uid: str = ""
) -> Done | Refusal:
    """Somebody looks on and says what they saw: for a committee of the stage they sit in, or as a
    resident of the place. `body_uid`: for which of them. Refuses as `core.project.building.watch`,
    and with `not_independent` (of who builds it), `not_resident_here`, `words_personal`,
    `words_too_long`."""

    def do(held: HeldProject) -> Written | Refusal:
        own = watches_for(ask.actor, held)
        body = next((one for one in own if body_uid in ("", one.uid)), None)
        if body_uid and body is None:
            return Refusal("not_yours", need="project.watch", source="permit")
        if body is None and not lives_there(ask.actor, held):
            return Refusal("not_resident_here", source=core.WATCHED)
        today = looks_on(held.project, ask.actor.person_id, start_of(today_of(ask.now)))
        most = Most(held.terms.looks_a_day, held.terms.source("looks_a_day"))
        event = fitting(ask, held.topic.place, core.watch(held.now, words, today, most), words)
        if isinstance(event, Refusal):
            return event
        row = ProjectLook(
            uid=new_uid(ask.entropy),
            project=held.project,
            body=body,
            person_id=ask.actor.person_id,
            on=Look.WATCH,
            words=words.strip(),
            photo=keep_file(photo, ask.now) if photo else None,
            at=ask.now,
        )
        row.save(force_insert=True)
        # Many may look at once: nothing of the project itself changes.
        return Written(event, [row], number=held.project.number)

    return act_on(ask, "project.watch", uid, do, "watched")
