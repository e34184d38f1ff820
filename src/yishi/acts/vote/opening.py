"""A vote begins on its roll, which is frozen under its digest: here, or in the city's own system.
The key of a secret one is made as it opens."""

from dataclasses import dataclass
from datetime import datetime

from yishi.acts.door import Ask, Done
from yishi.acts.topic.act import Written, step_on
from yishi.acts.vote.act import no_roll, save, vote_standing
from yishi.acts.vote.projects import Opening, draw, over_cap
from yishi.core.calendar import CalendarMissing, due
from yishi.core.method.language import Stage
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import Closing, Facts
from yishi.core.topic.kinds.voting import on_paper
from yishi.core.topic.now import Advanced
from yishi.core.vote import telling
from yishi.core.vote.facts import VoteHanded, VoteOpened
from yishi.core.vote.now import VoteState
from yishi.records.models import Vote
from yishi.records.queries.rule import in_force, today_of
from yishi.records.queries.topic import LockedTopic
from yishi.records.queries.vote import objections_open, size_of_roll
from yishi.records.queries.vote_roll import digest_of_roll
from yishi.records.vote_key import make_key


def open_vote(ask: Ask, topic_uid: str) -> Done | Refusal:
    """The roll is frozen under its digest and the vote begins; of a round, the lot is drawn now.
    Refuses also with `roll_missing`, `vote_opened`, `roll_runs`, `roll_objections`, `roll_empty`,
    `options_missing`, `projects_missing`, `projects_over_cap`, `money_missing`, what competence
    refuses, `calendar_missing`."""
    found: list[_Opened] = []

    def make(held: LockedTopic, stage: Stage) -> Facts | Refusal:
        vote = vote_standing(held)
        if stage.voting is None or vote is None:
            return Closing() if stage.voting is None else no_roll(stage)
        calendar = in_force(held.topic.place, today_of(ask.now)).terms.calendar
        try:
            until = due(ask.now, stage.voting.period.span, calendar)
        except CalendarMissing as missing:
            source = stage.voting.period.source
            return Refusal("calendar_missing", need=missing.year, source=source)
        voters, area = size_of_roll(vote)
        paper, drawn = on_paper(stage, held.now), None
        over: tuple[str, ...] = ()
        if stage.voting.ballot:
            assert held.procedure is not None and held.procedure.round is not None
            drawn = draw(ask, held, paper)
            over = over_cap(held.topic, held.procedure.round, drawn.projects)
            paper = tuple(one.option for one in drawn.projects)
        found.append(_Opened(vote, voters, area, until, paper, drawn))
        numbers = {one.uid: one.no for one in held.options}
        return VoteOpened(
            voters=voters,
            area_cm2=area,
            objections=objections_open(vote),
            until_at=until,
            projects=len(drawn.projects) if drawn else 0,
            money_fen=drawn.money_fen if drawn else 0,
            lot=tuple(numbers[paper[at]] for at in drawn.lot) if drawn else (),
            over_cap=over,
            attached=held.attached,
        )

    def also(held: LockedTopic, advanced: Advanced) -> Written:
        made = found[-1]
        vote, until = made.vote, made.until
        vote.voters, vote.area_cm2, vote.until_at = made.voters, made.area_cm2, until
        rows = {one.uid: one for one in held.options}
        vote.options = [[uid, rows[uid].no, rows[uid].title] for uid in made.paper]
        if made.drawn:
            vote.rule = {**vote.rule, "projects": made.drawn.kept()}
        vote.roll_digest = digest_of_roll(vote)
        vote.state, vote.opened_at = VoteState.OPEN, ask.now
        save(vote)
        if vote.is_secret:
            make_key(vote.uid)
        return Written([vote], roll=telling.opened(vote.uid, until, vote.ways))

    return step_on(ask, "topic.open_vote", topic_uid, make, also)


@dataclass(frozen=True)
class _Opened:
    """What a vote opens with: its roll in numbers, its end, the options on the paper, and of a
    round the money and the lot."""

    vote: Vote
    voters: int
    area_cm2: int
    until: datetime
    paper: tuple[str, ...]
    drawn: Opening | None


def hand_vote(ask: Ask, topic_uid: str, to: str) -> Done | Refusal:
    """The vote is held in the city's own system, on the roll that was on view, frozen under its
    digest. Refuses also with `hand_not_allowed`, `handed_to_missing`, and as `open_vote`."""
    found: list[tuple[Vote, int, int]] = []

    def make(held: LockedTopic, stage: Stage) -> Facts | Refusal:
        vote = vote_standing(held)
        if stage.voting is None:
            return Closing()
        if vote is None:
            return VoteHanded(to=to, voters=0, attached=held.attached)
        voters, area = size_of_roll(vote)
        found.append((vote, voters, area))
        objections = objections_open(vote)
        return VoteHanded(to=to, voters=voters, objections=objections, attached=held.attached)

    def also(held: LockedTopic, advanced: Advanced) -> Written:
        assert held.stage is not None
        vote, voters, area = found[-1]
        vote.voters, vote.area_cm2 = voters, area
        rows = {one.uid: one for one in held.options}
        vote.options = [
            [uid, rows[uid].no, rows[uid].title] for uid in on_paper(held.stage, held.now)
        ]
        vote.roll_digest = digest_of_roll(vote)
        vote.state, vote.handed_to, vote.handed_at = VoteState.HANDED, to.strip(), ask.now
        save(vote)
        return Written([vote], roll=telling.handed(vote.uid, vote.handed_to))

    return step_on(ask, "topic.hand_vote", topic_uid, make, also)
