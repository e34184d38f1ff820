"""What a vote by roll still needs before it decides: the roll, its time on view, its time open."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from yishi.core.method.language import Stage
from yishi.core.topic.now import TopicNow
from yishi.core.vote.now import VoteState
from yishi.phrases.clock import say_by
from yishi.phrases.method import say_with_source
from yishi.phrases.vote import say_bar_of, say_side, sides_of


def say_vote_needs(stage: Stage, topic: TopicNow, now: datetime) -> Iterator[str]:
    """One sentence for each thing, the first to be done first."""
    voting = stage.voting
    assert voting is not None
    state = topic.tally.get("state", "")
    if not state:
        yield _("The roll has to be made: who has a vote")
    elif state == VoteState.ROLL:
        until = str(topic.tally.get("roll_until", ""))
        if until and now < datetime.fromisoformat(until):
            said = _("The roll is on view until %(until)s")
            known = {"until": say_by(datetime.fromisoformat(until), now)}
            yield say_with_source(said % known, voting.roll.source if voting.roll else "ours")
        else:
            yield _("The roll has been on view: the vote can be opened")
    elif state == VoteState.OPEN:
        ends = datetime.fromisoformat(str(topic.tally["until"]))
        if now < ends:
            yield _("Votes are cast until %(until)s") % {"until": say_by(ends, now)}
        else:
            yield _("The time is over: paper is entered by two, then it is closed and counted")
    elif state == VoteState.HANDED:
        yield (
            _("One person has entered the result; a second enters it from the paper")
            if "brought" in topic.tally
            else _("It is held in the city's own system; its result is brought back")
        )
    for bar, words in (
        (stage.quorum, _("Has to take part, %(by)s: %(bar)s")),
        (stage.threshold, _("Has to be for it, %(by)s: %(bar)s")),
    ):
        if bar is not None:
            for by in sides_of(voting.unit):
                known = {"by": say_side(by).lower(), "bar": say_bar_of(bar, by)}
                yield say_with_source(words % known, bar.source)
