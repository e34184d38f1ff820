"""What a visit to a stage left in numbers, as sentences: who came, who agreed, what was needed."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from yishi.core.method.language import Edge, Stage, StageKind
from yishi.core.topic.doors import FOUND
from yishi.core.topic.facts import SCORES, Score
from yishi.phrases.method import say_bar, say_edge, say_with_source
from yishi.phrases.method_text import say_bodies
from yishi.phrases.place import say_kind
from yishi.phrases.rule import say_text
from yishi.phrases.text import say_found
from yishi.phrases.topic import say_score
from yishi.phrases.vote_left import is_by_roll, say_taking_part, say_votes

OVERRIDE = "override"
# So many projects of a round went on from a stage.
GOING = "going"
# So many of them were scored by too few to be well or badly scored.
FEW = "few"


def say_left(kind: str, edge: str, facts: Mapping[str, Any] | None = None) -> str:
    """Why a topic left a stage; "" while it stands there. `facts`: what the visit left in numbers;
    of a round they are its projects."""
    if not edge:
        return ""
    if edge == OVERRIDE:
        return _("taken on against the procedure, by a named and public decision")
    if edge not in set(Edge):
        return edge
    if facts and facts.get(FEW):
        return _("the time to score is over")
    return say_edge(kind, edge, by_project=GOING in (facts or {}))


def say_numbers(
    kind: str, facts: Mapping[str, Any], stage: Stage | None, options: Mapping[str, int]
) -> list[str]:
    """The numbers of a stage that was left. `stage`: as its method has it, None where the method
    has it no more; `options`: uid → number."""
    say = _projects if GOING in facts else _BY_KIND.get(StageKind(kind))
    return list(say(facts, stage, options)) if say and facts else []


def say_calls(kind: str, counted: Mapping[str, int]) -> list[str]:
    """What those it concerns said in a visit, in figures and without a name: score → how many."""
    if not counted:
        return []
    reached = sum(counted.get(score, 0) for score in SCORES)
    split = _(", ").join(
        f"{say_score(score)} {counted[score]}" for score in SCORES if counted.get(score)
    )
    if kind == StageKind.APPRAISE:
        return [_("%(n)s scored it from their own account") % {"n": reached}]
    missed = counted.get(Score.UNREACHED, 0)
    known = {"reached": reached, "missed": missed}
    said = _("Called back: %(reached)s people reached, %(missed)s not") % known
    return [said, split] if split else [said]


Said = Iterator[str]
Facts = Mapping[str, Any]
Options = Mapping[str, int]


def _projects(facts: Facts, stage: Stage | None, options: Options) -> Said:
    if stage is not None and stage.kind is StageKind.COLLECT:
        yield _("%(n)s proposals were put forward") % {"n": facts[GOING]}
        return
    known = {"going": facts[GOING], "stopped": facts.get("stopped", 0)}
    if facts.get(FEW):
        yield say_few(facts)
        return
    yield _("%(going)s projects went on, %(stopped)s did not") % known


def say_few(facts: Facts) -> str:
    """How the projects of a round were scored, where too few scored some of them."""
    known = {GOING: facts[GOING], "stopped": facts.get("stopped", 0), FEW: facts[FEW]}
    return (
        _(
            "%(going)s projects scored well, %(stopped)s not; %(few)s scored by too few, which "
            "count as neither"
        )
        % known
    )


def _collect(facts: Facts, stage: Stage | None, options: Options) -> Said:
    if facts.get("people"):
        yield _("%(people)s people were heard") % {"people": facts["people"]}


def _screen(facts: Facts, stage: Stage | None, options: Options) -> Said:
    ground = stage.grounds.get(facts.get("ground", "")) if stage else None
    if ground is not None and not facts.get("fit"):
        yield _("The ground of it: %(ground)s") % {"ground": say_text(ground)}


def _confer(facts: Facts, stage: Stage | None, options: Options) -> Said:
    agreed = facts.get("agreed")
    for body, here in _bodies(facts).items():
        yes = agreed.get(body, 0) if isinstance(agreed, Mapping) else 0
        yield _("%(body)s: %(here)s came, %(yes)s agreed") % {
            "body": say_kind(body),
            "here": here,
            "yes": yes,
        }
    yield from _bar(stage)
    yield from _chosen(facts, options)


def _meet(facts: Facts, stage: Stage | None, options: Options) -> Said:
    if facts.get("people"):
        yield _("%(people)s people sat down together") % {"people": facts["people"]}
    came = facts.get("came")
    if isinstance(came, list) and came:
        yield _("There came: %(bodies)s") % {"bodies": say_bodies(came)}
    for body, here in _bodies(facts).items():
        yield _("%(body)s: %(here)s came") % {"body": say_kind(body), "here": here}
    yield from _chosen(facts, options)


def _posting(facts: Facts, stage: Stage | None, options: Options) -> Said:
    if "voices" in facts:
        yield _("%(voices)s voices were received") % {"voices": facts["voices"]}
    if facts.get("taken_up"):
        yield _("%(n)s of them were taken up in the text") % {"n": facts["taken_up"]}
    if facts.get("again"):
        yield _("%(n)s times the period began again after a change that matters") % {
            "n": facts["again"]
        }
    if any(facts.get(found) for found in FOUND):
        yield say_doors(facts)


def say_doors(counts: Facts) -> str:
    """How many doors it was carried to, and what came of it: without a single room."""
    told = [f"{say_found(found)} {counts[found]}" for found in FOUND if counts.get(found)]
    return _("Carried from door to door: %(counts)s") % {"counts": _(", ").join(told)}


def _consent(facts: Facts, stage: Stage | None, options: Options) -> Said:
    if facts.get("body"):
        words = _("%(body)s consented") if facts.get("yes") else _("%(body)s did not consent")
        yield words % {"body": say_kind(facts["body"])}


def _vote(facts: Facts, stage: Stage | None, options: Options) -> Said:
    if is_by_roll(facts):
        yield from say_taking_part(facts)
        yield from say_votes(facts, options)
        return
    here = sum(_bodies(facts).values())
    if facts.get("seats"):
        said = _("%(here)s of %(seats)s came") % {"here": here, "seats": facts["seats"]}
        quorum = stage.quorum if stage else None
        if quorum is not None:
            said = _("%(came)s; %(need)s had to") % {
                "came": said,
                "need": quorum.need(facts["seats"]),
            }
            said = say_with_source(said, quorum.source)
        yield said
    votes = facts.get("votes")
    for uid, counted in votes.items() if isinstance(votes, Mapping) else ():
        said = _("Option %(no)s: %(yes)s for, %(against)s against, %(abstained)s abstained") % {
            "no": options.get(uid, ""),
            "yes": counted[0],
            "against": counted[1],
            "abstained": counted[2],
        }
        if facts.get("need"):
            said = _("%(counted)s; %(need)s were needed") % {"counted": said, "need": facts["need"]}
        yield said
    yield from _bar(stage)


def _accept(facts: Facts, stage: Stage | None, options: Options) -> Said:
    if facts.get("inspectors"):
        yield _("%(people)s people went and looked") % {"people": facts["inspectors"]}


def _appraise(facts: Facts, stage: Stage | None, options: Options) -> Said:
    names = ("satisfied", "basically", "dissatisfied")
    if all(name in facts for name in names):
        yield _("%(satisfied)s content, %(basically)s basically content, %(dissatisfied)s not") % {
            name: facts[name] for name in names
        }


def _bodies(facts: Facts) -> dict[str, int]:
    present = facts.get("present")
    return dict(present) if isinstance(present, Mapping) else {}


def _bar(stage: Stage | None) -> Said:
    bar = stage.threshold if stage else None
    if bar is not None:
        yield say_with_source(_("To pass it took: %(bar)s") % {"bar": say_bar(bar)}, bar.source)


def _chosen(facts: Facts, options: Options) -> Said:
    if facts.get("option") in options:
        yield _("Agreed on option %(no)s") % {"no": options[facts["option"]]}


_BY_KIND: dict[StageKind, Callable[[Facts, Stage | None, Options], Said]] = {
    StageKind.COLLECT: _collect,
    StageKind.SCREEN: _screen,
    StageKind.CONFER: _confer,
    StageKind.MEET: _meet,
    StageKind.COMMENT: _posting,
    StageKind.NOTICE: _posting,
    StageKind.CONSENT: _consent,
    StageKind.VOTE: _vote,
    StageKind.ACCEPT: _accept,
    StageKind.APPRAISE: _appraise,
}
