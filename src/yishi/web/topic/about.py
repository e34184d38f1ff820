"""What stands around a topic: who leads and takes part, its options with every try, its buttons."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yishi.core.number import show_number
from yishi.core.person import VISITOR
from yishi.core.place import SEATED, BodyKind
from yishi.core.topic.beside import OPEN_TO_OPTIONS
from yishi.core.topic.kinds import acts_of
from yishi.core.topic.kinds.parts import OPEN, Part
from yishi.core.topic.now import TopicState
from yishi.core.vote.now import Way
from yishi.phrases.clock import say_exact, say_when
from yishi.phrases.place import say_kind
from yishi.phrases.project import say_project_state
from yishi.phrases.rule import say_text
from yishi.phrases.topic import say_deed, say_option_state, say_raised_as
from yishi.phrases.topic_clock import open_until
from yishi.records.models import Attempt, Option
from yishi.records.queries.topic_page import TopicPage
from yishi.records.queries.topic_task import speaks
from yishi.web.topic import changing, helping
from yishi.web.topic.deed import offered
from yishi.web.topic.deeds import DEEDS
from yishi.web.topic.leaving import no_move
from yishi.web.topic.left import Reader, link
from yishi.web.topic.result import results
from yishi.web.topic.shown import Shown
from yishi.web.topic.voting_roll import is_offered as is_roll_missing

SPEAK = frozenset({"topic.comment", "topic.object"})
# So many bodies of a kind are named one by one; a street full of departments is called by its kind.
NAMED_MOST = 3
# A longer text is folded: the page of texts has it whole.
LONG = 600
# What takes a topic back or out of its order is offered, and never the page's own answer.
QUIET = frozenset(
    {
        "topic.withdraw",
        "topic.hand_vote",
        "topic.override",
        "topic.move_method",
        "topic.attach",
        "topic.end_posting",  # ends by itself when its time is up
    }
)
# Acts beside the stages, each with the address of its page.
BESIDE = (
    ("topic.review", "topic_review", "check"),
    ("topic.answer_call", "topic_answer_call", "check"),
    ("topic.report_task", "topic_part", "done"),
    ("topic.watch", "topic_watch", "search"),
    ("topic.score", "topic_score", "check"),
    ("topic.call_back", "topic_call_back", "message"),
    ("topic.call_unit", "topic_call", "send"),
    ("topic.add_option", "topic_option", "talk"),
    ("topic.change_option", "topic_change", "talk"),
    ("topic.attach", "topic_paper", "download"),
    ("topic.withdraw", "topic_withdraw", "back"),
    ("topic.move_method", "topic_move", "next"),
    ("topic.override", "topic_override", "flag"),
)


# Acts of a stage beside its own, each where it is worth offering.
FITS: Mapping[str, Callable[[Shown], bool]] = {
    "topic.answer_call": lambda shown: Part.CALLED in shown.mine,
    "topic.report_task": lambda shown: Part.TAKEN in shown.mine,
    "topic.call_unit": helping.may_call,
    "topic.watch": helping.may_call,
    "topic.score": lambda shown: shown.may_score,
    "topic.call_back": lambda shown: True,
}


def buttons(found: TopicPage, shown: Shown) -> list[dict[str, Any]]:
    """What the reader may do now: the acts of the stage first, the first of them the page's own."""
    uid = found.topic.uid
    asked = found.held.stage.asked if found.held.stage else ()
    # The bodies asked are among those the page has read.
    shown.__dict__["_asked"] = found.own_ids(asked)
    here = found.held.attempt
    waiting = [r for r in found.carried.parts.get(here.pk, []) if r["how"] in OPEN] if here else []
    shown.__dict__["_called"] = frozenset(row["n"] for row in waiting)
    shown.__dict__["mine"] = frozenset(
        row["how"] for row in waiting if speaks(shown.actor, found.held, row["n"])
    )
    shown.__dict__["may_score"] = found.may_score
    shown.__dict__["newest"] = found.newest
    # Whoever leads or carries the stage sees its own act first; to speak is open to everybody.
    deeds = sorted(offered(shown, DEEDS), key=lambda deed: deed.act in SPEAK)
    rows = _cast(shown) + _roll(shown, uid)
    rows += [
        {
            "act": deed.act,
            "word": say_deed(deed.act) or deed.title(),
            "mark": deed.mark,
            "href": deed.href(uid),
        }
        for deed in deeds
    ]
    rows += [
        {"act": act, "word": say_deed(act), "mark": mark, "href": href}
        for act, name, mark in BESIDE
        if _in_stage(act, shown)
        and shown.may(act)
        and _fits(act, shown)
        and (href := link(name, uid))
    ]
    return [{**row, "primary": at == 0 and row["act"] not in QUIET} for at, row in enumerate(rows)]


def _cast(shown: Shown) -> list[dict[str, str]]:
    """To one's vote while it can be cast on-line; a visitor is asked to sign in first."""
    stage, tally = shown.held.stage, shown.tally
    if stage is None or stage.voting is None or Way.ONLINE not in stage.voting.ways:
        return []
    row = shown.topic
    if not (tally.get("vote") and open_until(row.stage_kind, tally, None, shown.now)):
        return []
    word = _("Sign in to vote") if shown.actor == VISITOR else _("Vote now")
    if shown.actor != VISITOR and not shown.may("vote.cast"):
        return []
    href = link("vote_cast", tally["vote"])
    return [{"act": "vote.cast", "word": word, "mark": "check", "href": href}]


def _roll(shown: Shown, uid: str) -> list[dict[str, str]]:
    """The roll of a vote that has none yet: nothing else of it can be done before."""
    if not is_roll_missing(shown):
        return []
    act = "topic.open_roll"
    href = link("topic_open_roll", uid)
    return [{"act": act, "word": say_deed(act), "mark": "people", "href": href}]


def _in_stage(act: str, shown: Shown) -> bool:
    """Whether an act of a stage belongs to the one it stands in; nothing is asked for others."""
    stage = shown.held.stage
    return act not in FITS or (stage is not None and act in acts_of(stage))


def _fits(act: str, shown: Shown) -> bool:
    """Whether an act beside the stages has a place where the topic stands."""
    if act == "topic.move_method":
        return no_move(shown) is None
    if act == "topic.change_option":
        return bool(shown.options) and changing.fixed(shown) is None
    if act in FITS:
        return FITS[act](shown)
    if act != "topic.add_option":
        return True
    is_open = shown.kind in OPEN_TO_OPTIONS and not (
        shown.stage.rules_first or shown.stage.in_round
    )
    return is_open and "votes" not in shown.tally


def who(found: TopicPage) -> list[dict[str, Any]]:
    """Who leads, keeps the record, decides, takes part, observes, in the stage it stands in:
    {label, bodies}. Before and after its course nobody does."""
    stage = found.held.stage
    if stage is None:
        return []
    entry = found.held.method.entry(found.topic.entry) if found.held.method else None
    called = tuple(kind for kind in (entry.calls if entry else ()) if kind not in stage.bodies)
    rows: tuple[tuple[str, Iterable[BodyKind]], ...] = (
        (_("Leads"), (stage.lead,)),
        (_("Keeps the record"), (stage.carry,) if stage.carry else ()),
        (_("Decides"), stage.decides),
        (_("Has to come"), stage.must_come),
        (_("Is asked for consent"), stage.asked),
        (_("Takes part"), stage.parties),
        (_("Called for a topic of this kind"), called),
        (_("Sits in, does not vote"), stage.observers),
    )
    return [
        {"label": label, "bodies": [body for kind in kinds for body in _bodies(found, kind)]}
        for label, kinds in rows
        if kinds
    ]


def _bodies(found: TopicPage, kind: BodyKind) -> list[dict[str, str]]:
    """The bodies of a kind by their names; the kind's own name where there is none yet, or where
    they are too many for anybody to read."""
    here = found.of_kind(kind)
    if not 0 < len(here) <= NAMED_MOST:
        return [{"name": say_kind(kind), "href": ""}]
    return [
        {
            "name": one.name,
            "href": reverse("body", args=[one.uid]) if kind in SEATED else "",
        }
        for one in here
    ]


def options(found: TopicPage, reader: Reader) -> list[dict[str, Any]]:
    """Every option with how it stands, whose it is, and every try at it; of a round each stands as
    its project does, whose page is there."""
    tries: dict[int, list[Attempt]] = {}
    for attempt in found.attempts:
        tries.setdefault(attempt.option_id, []).append(attempt)
    told = results(found.held)
    return [
        {
            "no": row.no,
            "title": row.title,
            "words": row.words,
            "result": told.get(row.pk, []),
            "long": len(row.words) > LONG,
            "changed": max(0, row.versions - 1),  # type: ignore[attr-defined]
            "tag": _tag(row, found.topic.state),
            "href": _project(row),
            "rank": row.rank,
            "chosen": row.pk == found.topic.chosen_id,
            "matter": row.matter_name,
            "theirs": _theirs(row.competence, found.topic.competence),
            "source": row.source,
            "tries": [_try(one, reader) for one in tries.get(row.pk, ())],
        }
        for row in found.held.options
    ]


def _tag(row: Option, topic_state: str) -> dict[str, str]:
    state: str | None = row.project_state  # type: ignore[attr-defined]
    return say_project_state(state) if state else say_option_state(row.state, topic_state)


def _project(row: Option) -> str:
    uid: str | None = row.project_uid  # type: ignore[attr-defined]
    return reverse("project", args=[uid]) if uid else ""


def _theirs(competence: str, mine: str) -> str:
    """Whose an option is to decide, where it is not decided in this topic."""
    if competence == mine:
        return ""
    return {
        "owners": _("The owners decide this together; it is not voted on here"),
        "duty": _("This is somebody's duty; it is not voted on"),
    }.get(competence, "")


def _try(one: Attempt, reader: Reader) -> dict[str, Any]:
    state = {
        "done": (_("Has been done"), "done", "done"),
        "failed": (_("It could not be done"), "refuse", "soon"),
        "stopped": (_("Broken off"), "flag", "soon"),
    }.get(one.state, (_("At work on it"), "unit", "act"))
    return {
        "no": one.no,
        "unit": one.unit.name,
        "from": say_when(one.assigned_at, reader.now),
        "from_exact": say_exact(one.assigned_at),
        "until": say_when(one.ended_at, reader.now) if one.ended_at else "",
        "until_exact": say_exact(one.ended_at) if one.ended_at else "",
        "tag": {"word": state[0], "mark": state[1], "kind": state[2]},
        "words": one.words if reader.reads(one.passage) else "",
    }


def facts(found: TopicPage, shown: Shown) -> list[dict[str, Any]]:
    """Number, place, who raised it and when, by which method it goes."""
    row, method = found.topic, found.held.method
    told: list[dict[str, Any]] = [
        {"label": _("Number"), "value": show_number(row.number)},
        {"label": _("Community"), "value": row.place.name},
        {"label": _("Who put it forward"), "value": say_raised_as(row.raised_as)},
        {
            "label": _("Put forward"),
            "value": say_when(row.raised_at, shown.now),
            "exact": say_exact(row.raised_at),
        },
    ]
    if row.reviewed_at:
        told.append(
            {
                "label": _("Reviewed on"),
                "value": say_when(row.reviewed_at, shown.now),
                "exact": say_exact(row.reviewed_at),
            }
        )
    if method is not None and row.state != TopicState.PROPOSED:
        size, entry = method.size(row.size), method.entry(row.entry)
        told += [{"label": _("How large it is"), "value": say_text(size.name)}] if size else []
        told += (
            [{"label": _("Entry of the catalogue"), "value": say_text(entry.name)}] if entry else []
        )
        if found.held.procedure is not None:
            told.append(
                {
                    "label": _("By which method"),
                    "value": f"{say_text(method.name)} · {say_text(found.held.procedure.name)}",
                    "href": link("method", method.id, method.version),
                }
            )
    return told
