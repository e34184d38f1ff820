"""The words of a method (工作法): procedures of stages of known kinds, and where each leads.

A method is read from a rule file of kind `methods` and never changes once published. The numbers
carry their sources under the keys of the file; `ours` marks a number of our own choosing.
Source: architecture, "A method is data"; practice G3–G6, H1–H4, C1–C6.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from yishi.core.caserules import Text
from yishi.core.method.ballot import BallotKind, Counting
from yishi.core.method.measure import Bar, Count, Limit
from yishi.core.method.round import Round
from yishi.core.place import BodyKind


class StageKind(StrEnum):
    """What is done in a stage: each kind has its own acts, facts and page."""

    COLLECT = "collect"
    SCREEN = "screen"
    CONFER = "confer"
    MEET = "meet"
    COMMENT = "comment"
    CONSENT = "consent"
    VOTE = "vote"
    NOTICE = "notice"
    CARRY_OUT = "carry_out"
    ACCEPT = "accept"
    PUBLISH = "publish"
    APPRAISE = "appraise"


# In a round of small works each project goes through these by itself. Source: practice G10.
BY_PROJECT = frozenset(
    {
        StageKind.COLLECT,
        StageKind.SCREEN,
        StageKind.CONFER,
        StageKind.CARRY_OUT,
        StageKind.APPRAISE,
    }
)


class Edge(StrEnum):
    """Why a topic leaves a stage. Each kind of stage knows some of them."""

    PASS = "pass"  # noqa: S105  a verdict, no secret
    FAIL = "fail"
    SETTLED = "settled"
    OBJECTION = "objection"
    LATE = "late"
    EXHAUSTED = "exhausted"


# What a stage of each kind must say it leads to; `late` and `exhausted` are for any kind.
LEADS_TO: Mapping[StageKind, frozenset[Edge]] = {
    StageKind.COLLECT: frozenset({Edge.PASS}),
    StageKind.SCREEN: frozenset({Edge.PASS, Edge.FAIL}),
    StageKind.CONFER: frozenset({Edge.PASS, Edge.FAIL}),
    StageKind.MEET: frozenset({Edge.PASS, Edge.FAIL, Edge.SETTLED}),
    StageKind.COMMENT: frozenset({Edge.PASS}),
    StageKind.CONSENT: frozenset({Edge.PASS, Edge.FAIL}),
    StageKind.VOTE: frozenset({Edge.PASS, Edge.FAIL}),
    StageKind.NOTICE: frozenset({Edge.PASS, Edge.OBJECTION}),
    StageKind.CARRY_OUT: frozenset({Edge.PASS, Edge.FAIL}),
    StageKind.ACCEPT: frozenset({Edge.PASS, Edge.FAIL}),
    StageKind.PUBLISH: frozenset({Edge.PASS}),
    StageKind.APPRAISE: frozenset({Edge.PASS, Edge.FAIL}),
}
ANY_KIND = frozenset({Edge.LATE, Edge.EXHAUSTED})


class Layer(StrEnum):
    """Who made a rule: law is locked, a district may add to it, a community within both."""

    LAW = "law"
    DISTRICT = "district"
    COMMUNITY = "community"


class Competence(StrEnum):
    """Who decides a matter: residents, the owners together, or nobody by vote: it is a duty of
    government or of a unit. Source: norms.md §2, Competence first."""

    RESIDENTS = "residents"
    OWNERS = "owners"
    DUTY = "duty"


class Tie(StrEnum):
    """Which of two options with as many votes goes before: none (it fails), neither (it is voted
    again), or the one that stands first."""

    FAILS = "fails"
    AGAIN = "again"
    ORDER = "order"


class Fallback(StrEnum):
    """Where an option goes that cannot be carried out: back to whoever decided (C4), or on to
    the next that passed, which was decided with it."""

    BODY = "body"
    RANKED = "ranked"


class Publicity(StrEnum):
    """Who reads what a stage leaves in words: anybody, or those who take part and staff."""

    PUBLIC = "public"
    PARTIES = "parties"


class Paper(StrEnum):
    """What may have to be attached before a stage is left."""

    MINUTES = "minutes"
    REGISTER = "register"
    PHOTO = "photo"
    PLAN = "plan"
    QUOTATION = "quotation"
    CONSENT = "consent"
    COUNT = "count"
    ACCEPTANCE = "acceptance"
    OPINION = "opinion"


# Texts of the community's own that a procedure may settle. Source: practice G5.
TEXTS = ("charter", "covenant")


class Unit(StrEnum):
    """Who has one vote: each person, each household, each seat of the bodies that decide, each
    owner (counted by heads and by area). Source: norms.md §2; 民法典 278."""

    PERSON = "person"
    HOUSEHOLD = "household"
    DELEGATE = "delegate"
    OWNER = "owner"


class Choose(StrEnum):
    """Each option is voted on by itself, or one of them is chosen."""

    EACH = "each"
    ONE = "one"


class Every(StrEnum):
    """How often a meeting of the rhythm comes round."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Voting:
    """How a vote by roll is held: a stage without one is a show of hands counted by two.

    `unit`: who has one vote. `ways`: how it may come in (`online`, `paper`, `door`, `hands`).
    `secret`: 无记名. `roll`: how long the roll is on view for objections before it opens;
    `period`: how long it is open. `proxies`: for how many others one may vote, in writing, None
    for nobody. `handed`: it may be held in the city's own system and its result brought back.
    Of a round of small works: `ballot`, how a ballot of its projects is filled in; `most`, how many
    may be chosen or are ranked, or how many points are given; `counting`, which of them win.
    """

    unit: Unit
    ways: tuple[str, ...]
    secret: bool
    choose: Choose
    period: Limit
    roll: Limit | None = None
    proxies: Count | None = None
    handed: bool = False
    ballot: BallotKind | None = None
    most: Count | None = None
    counting: Counting | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a procedure.

    `lead` leads; `decides` are the bodies whose seats are counted; `carry` keeps the record and
    organises; `parties` are called and take part; `observers` may speak and not vote.
    `limit` None means it has none, and `unlimited` says why. `to`: why a topic leaves → where to,
    a stage or an end. `times`: how often a topic may come here, then `exhausted`.
    Of some kinds: `least` (collect: people to hear; accept: inspectors), `must_come` (meet),
    `asked` (consent), `period` (notice, comment: how long it hangs out; carry_out: how long it
    runs on trial at least, before it may be reported as done), `fallback` (carry_out), `tie`
    (vote), `grounds` (screen: why a topic may be refused), `voting` (vote by roll), `form`
    (confer, meet: of which meeting), `watch` (carry_out: the bodies that look on), `calls`
    (accept: people to call back), `doors` (notice, comment: carried from door to door, with a
    register), `rules_first` (confer: the rules are agreed, and options come after).
    `in_round`: the procedure is a round of small works, which has projects and no options.
    """

    id: str
    kind: StageKind
    name: Text
    lead: BodyKind
    to: Mapping[Edge, str]
    decides: tuple[BodyKind, ...] = ()
    carry: BodyKind | None = None
    parties: tuple[BodyKind, ...] = ()
    observers: tuple[BodyKind, ...] = ()
    quorum: Bar | None = None
    threshold: Bar | None = None
    tie: Tie | None = None
    limit: Limit | None = None
    unlimited: Text | None = None
    times: Count | None = None
    attach: tuple[Paper, ...] = ()
    publicity: Publicity = Publicity.PUBLIC
    rules: tuple[Text, ...] = ()
    least: Count | None = None
    must_come: tuple[BodyKind, ...] = ()
    asked: tuple[BodyKind, ...] = ()
    period: Limit | None = None
    fallback: Fallback | None = None
    grounds: Mapping[str, Text] = field(default_factory=dict)
    voting: Voting | None = None
    form: str = ""
    watch: tuple[BodyKind, ...] = ()
    calls: Count | None = None
    doors: bool = False
    rules_first: bool = False
    in_round: bool = False

    @property
    def by_project(self) -> bool:
        """Whether it is gone through project by project."""
        return self.in_round and self.kind in BY_PROJECT

    @property
    def bodies(self) -> tuple[BodyKind, ...]:
        """Every body the stage names, once, in the order lead, carries, decides, takes part."""
        named = (
            self.lead,
            *((self.carry,) if self.carry else ()),
            *self.decides,
            *self.must_come,
            *self.asked,
            *self.parties,
            *self.watch,
            *self.observers,
        )
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True)
class End:
    """How a course may end. `carried_out`: what was decided has been done."""

    id: str
    name: Text
    carried_out: bool


@dataclass(frozen=True, slots=True)
class Procedure:
    """One course of stages; the first is where it begins. `text`: what a topic in it settles is a
    text of the community's own, `charter` or `covenant` (practice G5); "" for anything else.
    `round`: it is a round of small works on these terms."""

    id: str
    name: Text
    stages: tuple[Stage, ...]
    ends: tuple[End, ...]
    text: str = ""
    round: Round | None = None

    @property
    def first(self) -> Stage:
        """Where a topic begins."""
        return self.stages[0]

    def stage(self, id: str) -> Stage | None:
        """The stage of that id, None for an end or nothing."""
        return next((stage for stage in self.stages if stage.id == id), None)

    def end(self, id: str) -> End | None:
        """The end of that id, None for a stage or nothing."""
        return next((end for end in self.ends if end.id == id), None)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the catalogue of topics (事项目录) and who is called for it (主体清单)."""

    code: str
    name: Text
    calls: tuple[BodyKind, ...]


@dataclass(frozen=True, slots=True)
class Size:
    """How large and urgent a topic is, and which procedure that chooses; "" for none: such a
    matter is helped with and not deliberated. Source: practice H4, N2."""

    code: str
    name: Text
    means: Text
    procedure: str


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A meeting that comes round: on the `day` of each month, of the quarter's first month, and
    so on. `form`: which of the forms it is, "" for a talk. `calls`: bodies invited.
    Source: practice G7, C1."""

    code: str
    name: Text
    body: BodyKind
    every: Every
    day: int
    collects: bool
    source: str
    form: str = ""
    calls: tuple[BodyKind, ...] = ()


@dataclass(frozen=True)
class Method:
    """A method as a community adopts it. `source_repealed_on`: from that day it is refused."""

    id: str
    version: str
    sha256: str
    valid_from: date
    source: str
    layer: Layer
    name: Text
    about: Text
    procedures: tuple[Procedure, ...]
    catalogue: tuple[Entry, ...]
    sizes: tuple[Size, ...]
    rhythm: tuple[Rhythm, ...] = ()
    rules: tuple[Text, ...] = ()
    based_on: str = ""

    def procedure(self, id: str) -> Procedure | None:
        """The procedure of that id."""
        return next((one for one in self.procedures if one.id == id), None)

    def size(self, code: str) -> Size | None:
        """The size of that code."""
        return next((one for one in self.sizes if one.code == code), None)

    def entry(self, code: str) -> Entry | None:
        """The catalogue's entry of that code."""
        return next((one for one in self.catalogue if one.code == code), None)
