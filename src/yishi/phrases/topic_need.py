"""What a topic still needs to leave the stage it stands in, kind by kind, with numbers and rule."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from yishi.core.method.language import Paper, Stage, StageKind
from yishi.core.topic.kinds.carry_out import runs_until
from yishi.core.topic.kinds.parts import parts_open
from yishi.core.topic.kinds.watching import watched
from yishi.core.topic.now import TopicNow
from yishi.phrases.clock import say_by
from yishi.phrases.method import say_bar, say_paper, say_span, say_with_source
from yishi.phrases.method_text import say_bodies
from yishi.phrases.place import say_kind
from yishi.phrases.vote_need import say_vote_needs


def say_needs(
    stage: Stage,
    topic: TopicNow,
    attached: Collection[Paper],
    now: datetime,
    unit: str = "",
) -> list[str]:
    """One sentence for each thing that is missing, the first to be done first.

    `attached`: papers that lie with the stage; `unit`: who carries it out, where somebody does.
    """
    say = _projects if stage.by_project else _BY_KIND[stage.kind]
    needs = [*_options(stage, topic), *say(stage, topic, now, unit)]
    missing = [paper for paper in stage.attach if paper not in attached]
    # A count confirmed by a second person is a paper of its own.
    missing = [paper for paper in missing if paper is not Paper.COUNT]
    if missing:
        papers = _(", ").join(say_paper(paper) for paper in missing)
        needs.append(_("Still to be attached: %(papers)s") % {"papers": papers})
    return needs


def _options(stage: Stage, topic: TopicNow) -> Iterator[str]:
    wanted = (StageKind.CONFER, StageKind.VOTE, StageKind.NOTICE, StageKind.COMMENT)
    if stage.in_round:
        return
    if stage.rules_first:
        yield _("Only the rules are agreed here; options are put forward after")
    elif stage.kind in wanted and not topic.options:
        yield _("There is no option yet; at least one has to be put forward")


def _quorum(stage: Stage, topic: TopicNow) -> Iterator[str]:
    for body in stage.decides:
        seats = topic.seats.get(body, 0)
        if not seats:
            yield _("%(body)s: nobody has a seat in it, so it cannot meet") % {
                "body": say_kind(body)
            }
        elif stage.quorum is not None:
            said = _("%(body)s: %(seats)s seats filled, %(need)s of them have to come") % {
                "body": say_kind(body),
                "seats": seats,
                "need": stage.quorum.need(seats),
            }
            yield say_with_source(said, stage.quorum.source)
    if stage.threshold is not None:
        said = _("To pass it takes: %(bar)s") % {"bar": say_bar(stage.threshold)}
        yield say_with_source(said, stage.threshold.source)


def _projects(stage: Stage, topic: TopicNow, now: datetime, unit: str) -> Iterator[str]:
    if stage.kind is StageKind.COLLECT:
        assert stage.period is not None
        said = _("Proposals are taken for %(span)s") % {"span": say_span(stage.period)}
        yield say_with_source(said, stage.period.source)
        return
    yield _("Every project of this round has to go through this step")
    if stage.decides and stage.quorum is not None:
        yield _("Who came and who agreed is counted for each project by itself")


def _collect(stage: Stage, topic: TopicNow, now: datetime, unit: str) -> Iterator[str]:
    assert stage.least is not None
    heard, need = _number(topic.tally, "people"), stage.least.number
    if heard < need:
        said = _("%(need)s people have to be heard, %(have)s were so far") % {
            "need": need,
            "have": heard,
        }
        yield say_with_source(said, stage.least.source)
    else:
        yield _("%(have)s people were heard; the collecting can be ended") % {"have": heard}


def _screen(stage: Stage, topic: TopicNow, now: datetime, unit: str) -> Iterator[str]:
    yield _("%(body)s has to say whether it is fit, and on what ground if not") % {
        "body": say_kind(stage.lead)
    }


def _confer(stage: Stage, topic: TopicNow, now: datetime, unit: str) -> Iterator[str]:
    yield from _quorum(stage, topic)
    if stage.threshold is None:
        yield _("Agreement is by consensus; whoever thinks otherwise is written down")


def _meet(stage: Stage, topic: TopicNow, now: datetime, unit: str) -> Iterator[str]:
    if stage.must_come:
        yield _("They have to come: %(bodies)s") % {"bodies": say_bodies(stage.must_come)}
    yield from _quorum(stage, topic)
    if not stage.must_come and not stage.decides:
        yield _("Those concerned have to sit down together")


def _posting(stage: Stage, topic: TopicNow, now: datetime, unit: str) -> Iterator[str]:
    assert stage.period is not None
    if "until" not in topic.tally:
        said = _("It has to hang out for %(span)s, and does not yet") % {
            "span": say_span(stage.period)
        }
        yield say_with_source(said, stage.period.source)
        return
    until = datetime.fromisoformat(str(topic.tally["until"]))
    if now < until:
        said = _("It hangs out until %(until)s") % {"until": say_by(until, now)}
        yield say_with_source(said, stage.period.source)
    waiting, voices = _number(topic.tally, "open"), _number(topic.tally, "voices")
    if waiting:
        yield _("%(open)s of %(voices)s voices are still to be answered") % {
            "open": waiting,
            "voices": voices,
        }
    elif now >= until:
        yield _("The period has run, and every voice is answered: it can be ended")


def _consent(stage: Stage, topic: TopicNow, now: datetime, unit: str) -> Iterator[str]:
    yes = topic.tally.get("yes", ())
    assert isinstance(yes, list | tuple)
    waited = tuple(body for body in stage.asked if body not in yes)
    yield _("Consent is still to be had of: %(bodies)s") % {"bodies": say_bodies(waited)}


def _vote(stage: Stage, topic: TopicNow, now: datetime, unit: str) -> Iterator[str]:
    if stage.voting is not None:
        yield from say_vote_needs(stage, topic, now)
        return
    if "votes" in topic.tally:
        yield _("One count is entered; a second person has to count and come to the same")
    yield from _quorum(stage, topic)


def _carry_out(stage: Stage, topic: TopicNow, now: datetime, unit: str) -> Iterator[str]:
    chosen = topic.option(topic.chosen)
    if unit and topic.tally.get("unit"):
        waits = tuple(body for body in stage.watch if body not in watched(stage, topic))
        if waits:
            yield _("They look on and have not looked yet: %(bodies)s") % {
                "bodies": say_bodies(waits)
            }
        until = runs_until(topic)
        if stage.period is not None and until is not None and now < until:
            said = _("It runs on trial until %(until)s") % {"until": say_by(until, now)}
            yield say_with_source(said, stage.period.source)
        if parts_open(topic):
            yield _("%(n)s units that were called still have a part open") % {
                "n": parts_open(topic)
            }
        yield _("%(unit)s is carrying out option %(no)s, and reports done or why not") % {
            "unit": unit,
            "no": chosen.no if chosen else "",
        }
    elif chosen is not None:
        yield _("A unit has to be named that carries out option %(no)s") % {"no": chosen.no}
    else:
        yield _("An option and a unit have to be named: what is carried out, and by whom")


def _accept(stage: Stage, topic: TopicNow, now: datetime, unit: str) -> Iterator[str]:
    assert stage.least is not None
    said = _("%(need)s people who did not do it have to go and look") % {"need": stage.least.number}
    yield say_with_source(said, stage.least.source)
    if stage.calls is not None:
        known = {"need": stage.calls.number, "have": _number(topic.tally, "reached")}
        said = _("%(need)s of those it concerns have to be reached by phone, %(have)s were") % known
        yield say_with_source(said, stage.calls.source)


def _publish(stage: Stage, topic: TopicNow, now: datetime, unit: str) -> Iterator[str]:
    yield _("What came of it has to be told to everybody")


def _appraise(stage: Stage, topic: TopicNow, now: datetime, unit: str) -> Iterator[str]:
    assert stage.least is not None
    said = _("%(need)s people have to score it") % {"need": stage.least.number}
    yield say_with_source(said, stage.least.source)
    if stage.threshold is not None:
        said = _("Content or basically content have to be: %(bar)s") % {
            "bar": say_bar(stage.threshold)
        }
        yield say_with_source(said, stage.threshold.source)


def _number(tally: Mapping[str, object], key: str) -> int:
    value = tally.get(key, 0)
    return value if isinstance(value, int) else 0


_BY_KIND = {
    StageKind.COLLECT: _collect,
    StageKind.SCREEN: _screen,
    StageKind.CONFER: _confer,
    StageKind.MEET: _meet,
    StageKind.COMMENT: _posting,
    StageKind.CONSENT: _consent,
    StageKind.VOTE: _vote,
    StageKind.NOTICE: _posting,
    StageKind.CARRY_OUT: _carry_out,
    StageKind.ACCEPT: _accept,
    StageKind.PUBLISH: _publish,
    StageKind.APPRAISE: _appraise,
}
