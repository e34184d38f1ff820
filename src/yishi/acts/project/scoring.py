"""Those who use it score it, and report what breaks as a matter like any other."""

from dataclasses import replace
from hashlib import sha256

from yishi.acts import report
from yishi.acts.at_place import Written, fitting
from yishi.acts.door import Ask, Done
from yishi.acts.project.act import act_on
from yishi.acts.report import Words
from yishi.core.project import accepting as core
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import Case, Defect, ProjectScore
from yishi.records.queries.project import HeldProject
from yishi.records.queries.project_works import lives_there


def score(ask: Ask, uid: str, said: str, words: str = "") -> Done | Refusal:
    """A resident of the place says how satisfied they are, once. Refuses as
    `core.project.accepting.score`, and with `not_independent` (of who built it),
    `words_too_long`."""

    def do(held: HeldProject) -> Written | Refusal:
        person = ask.actor.person_id
        assert person is not None
        own = ProjectScore.objects.filter(project=held.project, person_id=person)
        lives = lives_there(ask.actor, held)
        event = fitting(
            ask, held.topic.place, core.score(held.now, lives, own.exists(), said), words
        )
        if isinstance(event, Refusal):
            return event
        row = ProjectScore(
            uid=new_uid(ask.entropy),
            project=held.project,
            person_id=person,
            score=said,
            words=words.strip(),
            at=ask.now,
        )
        row.save(force_insert=True)
        return Written(event, [row], number=held.project.number)

    return act_on(ask, "project.score", uid, do, "scored")


def report_defect(ask: Ask, uid: str, words: Words) -> Done | Refusal:
    """Something of it broke: a matter is filed as any other, and stands with the project. Refuses
    as `report.file`, and does nothing then."""

    def do(held: HeldProject) -> Written | Refusal:
        # One form, two acts: the matter's own key comes out of the form's.
        key = sha256(f"{ask.key} defect".encode()).hexdigest()
        place = (
            words if words.building or words.place else replace(words, place=held.topic.place.uid)
        )
        done = report.file(replace(ask, key=key, version=None), place)
        if isinstance(done, Refusal):
            return done
        case = Case.objects.get(number=done.number)
        Defect.objects.get_or_create(case=case, defaults={"project": held.project, "at": ask.now})
        return Written(core.report_defect(case.number), (), number=case.number)

    return act_on(ask, "project.report_defect", uid, do, after_end=True)
