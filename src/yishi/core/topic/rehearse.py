"""A method's cases, played through the interpreter: where a case and its method part is named.

The runner knows nothing a case does not say; a sentence that says something the stage cannot use
is a mismatch too, so that no case passes by being misread.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from yishi.core.calendar import Calendar, CalendarMissing
from yishi.core.method.floors import Floors, Matter
from yishi.core.method.language import Competence, Method, Procedure, Stage
from yishi.core.refusal import Refusal
from yishi.core.topic.now import Advanced, OptionNow, OptionState, TopicNow, TopicState
from yishi.core.topic.rehearse_acts import deeds
from yishi.core.topic.rehearse_ahead import ahead
from yishi.core.topic.rehearse_scene import Scene
from yishi.core.topic.rehearse_vote import SQUARE_METRE
from yishi.core.topic.sentence import (
    NO_CALENDAR,
    UNUSED,
    Case,
    Clause,
    Mismatch,
    Said,
    Sentence,
    Step,
)
from yishi.core.topic.step import lapse, step

STATES: Mapping[str, OptionState] = {
    "is_open": OptionState.OPEN,
    "is_done": OptionState.DONE,
    "is_failed": OptionState.FAILED,
}
# What is said of a vote by roll: the fact of its event, in which units.
COUNTED: Mapping[str, tuple[str, int]] = {
    "quorum_heads": ("quorum_heads", 1),
    "heads": ("present", 1),
    "quorum_area": ("quorum_area", SQUARE_METRE),
    "area": ("area_cm2", SQUARE_METRE),
    "need_heads": ("need_heads", 1),
    "need_area": ("need_area", SQUARE_METRE),
}


def rehearse(
    method: Method, case: Case, layers: Iterable[Floors], calendar: Calendar, now: datetime
) -> Mismatch | None:
    """Plays a case; answers where it and the method part, None where they agree.

    `layers` know the matters an option may be about; `now` is when the case begins.
    """
    matters = {m.name.zh: m for layer in layers for m in layer.matters}
    return _Rehearsal(method, matters, calendar, now).play(case)


class _Rehearsal:
    def __init__(
        self, method: Method, matters: Mapping[str, Matter], calendar: Calendar, now: datetime
    ) -> None:
        self.method, self.matters, self.calendar, self.now = method, matters, calendar, now
        self.procedure: Procedure | None = None
        self.topic = TopicNow("", TopicState.RUNNING)
        self.voters = self.area = 0
        self.answer: Advanced | Refusal | None = None

    def play(self, case: Case) -> Mismatch | None:
        for sentence in case.sentences:
            said = Said(sentence)
            wrong = {
                Step.GIVEN: self._given,
                Step.WHEN: self._when,
                Step.THEN: self._then,
            }[sentence.step](sentence, said)
            if wrong is None and said.left_over:
                wrong = Mismatch(sentence.line, said.left_over, UNUSED)
            if wrong is not None:
                return wrong
        return None

    # ── what stands before ──

    def _given(self, sentence: Sentence, said: Said) -> Mismatch | None:
        at = said.one("stands_in")
        if at is not None:
            wrong = self._stand(sentence, at, said.one("procedure"))
            if wrong:
                return wrong
        for body, seats in said.of_bodies("seats").items():
            self.topic = replace(self.topic, seats={**self.topic.seats, body: seats})
        for roll in said.every("roll"):
            self.voters = roll.number
        for area in said.every("roll_area"):
            self.area = area.number
        for count in said.every("options"):
            options = tuple(OptionNow(str(no), no) for no in range(1, count.number + 1))
            self.topic = replace(self.topic, options=options)
        if said.has("optionless"):
            self.topic = replace(self.topic, options=())
        for whose in said.every("competence"):
            competence = Competence(whose.name) if whose.name else None
            self.topic = replace(self.topic, competence=competence)
        for visited in said.every("visited"):
            stage = self._stage(visited.name)
            if stage is None:
                return Mismatch(sentence.line, visited.name, self._names())
            visits = {**self.topic.visits, stage.id: visited.number}
            self.topic = replace(self.topic, visits=visits)
        return self._options(sentence, said)

    def _stand(self, sentence: Sentence, at: Clause, course: Clause | None) -> Mismatch | None:
        """A topic of the residents with one option, in this stage for the first time; a round has
        none."""
        if course is not None:
            self.procedure = next(
                (one for one in self.method.procedures if one.name.zh == course.name), None
            )
        stage = self._stage(at.name)
        if self.procedure is None or stage is None:
            return Mismatch(sentence.line, at.name, self._names())
        self.topic = TopicNow(
            "",
            TopicState.RUNNING,
            competence=Competence.RESIDENTS,
            procedure=self.procedure.id,
            stage=stage.id,
            entered_at=self.now,
            visits={stage.id: 1},
            options=() if stage.in_round else (OptionNow("1", 1),),
            seats=self.topic.seats,
        )
        self.answer = None
        return None

    def _options(self, sentence: Sentence, said: Said) -> Mismatch | None:
        for about in said.every("matter"):
            matter = self.matters.get(about.name)
            if matter is None:
                return Mismatch(sentence.line, about.name, tuple(self.matters))
            self._set(
                about.option,
                competence=matter.competence,
                matter=matter.code,
                source=matter.source,
            )
        for rank in said.every("ranked"):
            first = rank.number == 1
            state = OptionState.CHOSEN if first else OptionState.OPEN
            self._set(rank.option, rank=rank.number, state=state)
            if first:
                self.topic = replace(self.topic, chosen=str(rank.option))
        for chosen in said.every("chosen"):
            self._set(chosen.option, state=OptionState.CHOSEN)
            self.topic = replace(self.topic, chosen=str(chosen.option))
        for code, state in STATES.items():
            for clause in said.every(code):
                self._set(clause.option, state=state)
        return None

    def _set(self, no: int, **changes: object) -> None:
        options = tuple(
            replace(option, **changes) if option.no == no else option  # type: ignore[arg-type]
            for option in self.topic.options
        )
        self.topic = replace(self.topic, options=options)

    # ── what is done ──

    def _when(self, sentence: Sentence, said: Said) -> Mismatch | None:
        if self.procedure is None:
            return Mismatch(sentence.line, said.left_over, UNUSED)
        if said.has("lapses"):
            late = replace(self.topic, due_at=self.now)
            self._take(lapse(self.procedure, late, self.now))
            return None
        jump = said.one("jumps")
        if jump is not None:
            target = self._stage(jump.name)
            if target is None:
                return Mismatch(sentence.line, jump.name, self._names())
            act, facts, now = ahead(self._scene(target))
            self._take(step(self.procedure, self.topic, act, facts, now))
            return None
        return self._do(sentence, said)

    def _do(self, sentence: Sentence, said: Said) -> Mismatch | None:
        """Does what it says, act by act; the last one, or the first refused, is the answer."""
        assert self.procedure is not None
        stage = self.procedure.stage(self.topic.stage)
        if stage is None:
            return Mismatch(sentence.line, said.left_over, self._outcome())
        try:
            found = deeds(self._scene(stage), said)
        except CalendarMissing:
            return Mismatch(sentence.line, None, NO_CALENDAR)
        if not found:
            return Mismatch(sentence.line, said.left_over, UNUSED)
        for act, facts, now in found:
            self.now = now
            self._take(step(self.procedure, self.topic, act, facts, now))
            if isinstance(self.answer, Refusal):
                return None
        return None

    def _scene(self, stage: Stage) -> Scene:
        return Scene(
            stage, self.topic, self.now, self.calendar, self.voters, self.area * SQUARE_METRE
        )

    def _take(self, answer: Advanced | Refusal) -> None:
        self.answer = answer
        if isinstance(answer, Advanced):
            self.topic = answer.topic

    # ── what comes of it ──

    def _then(self, sentence: Sentence, said: Said) -> Mismatch | None:
        pairs: list[tuple[object, object]] = []
        refused = said.one("refused")
        refusal = self.answer if isinstance(self.answer, Refusal) else None
        pairs.append((refused.name if refused else None, refusal.code if refusal else None))
        need, have = said.one("need"), said.one("have")
        pairs += [(need.number, refusal.need)] if need and refusal else []
        pairs += [(have.number, refusal.have)] if have and refusal else []
        left = said.one("left")
        pairs += [(left.number, refusal.have)] if left and refusal else []
        short = said.one("of_body")
        pairs += [(short.body, refusal.unit)] if short and refusal else []
        pairs += self._vote(said)
        for where in (*said.every("enters"), *said.every("stays")):
            pairs.append((where.name, self._standing()))
        for end in said.every("ends"):
            pairs.append((end.name, self._outcome()))
        for chosen in said.every("chosen"):
            pairs.append((str(chosen.option), self.topic.chosen))
        for code, state in STATES.items():
            pairs += [(state, self._option(one.option).state) for one in said.every(code)]
        for tried in said.every("tried"):
            pairs.append((tried.number, self._option(tried.option).tries))
        wrong = next(((need, have) for need, have in pairs if need != have), None)
        return Mismatch(sentence.line, *wrong) if wrong else None

    def _vote(self, said: Said) -> list[tuple[object, object]]:
        """What a vote by roll came to, as the act told it."""
        event = self.answer.event if isinstance(self.answer, Advanced) else None
        facts = event.facts if event else {}
        void = event is not None and event.code == "topic.ballot_void"
        pairs: list[tuple[object, object]] = [(bool(said.has("void")), void)]
        for code, (fact, unit) in COUNTED.items():
            pairs += [(one.number * unit, facts.get(fact)) for one in said.every(code)]
        return pairs

    # ── names ──

    def _stage(self, name: str) -> Stage | None:
        stages = self.procedure.stages if self.procedure else ()
        return next((stage for stage in stages if stage.name.zh == name), None)

    def _names(self) -> tuple[str, ...]:
        return tuple(stage.name.zh for stage in self.procedure.stages) if self.procedure else ()

    def _standing(self) -> str:
        stage = self.procedure.stage(self.topic.stage) if self.procedure else None
        return stage.name.zh if stage else ""

    def _outcome(self) -> str:
        end = self.procedure.end(self.topic.outcome) if self.procedure else None
        return end.name.zh if end else ""

    def _option(self, no: int) -> OptionNow:
        return next((one for one in self.topic.options if one.no == no), OptionNow("", 0))
