"""What the topics of the hall do besides: doors called at, texts changed, votes by roll."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from yishi.acts.door import Done
from yishi.acts.topic import doors, staging, texts
from yishi.acts.vote import casting, closing, opening, paper, roll
from yishi.core.refusal import Refusal
from yishi.core.vote.now import Choice, Way
from yishi.core.vote.roll import Row
from yishi.demo.cast import PREFIX
from yishi.demo.topics.talk import Answer, Asking, Given, Talk
from yishi.records.models import Building, Part, Person, Voice, Vote, Voter

Answers = list[Answer]

SURNAMES = "赵钱孙周吴郑冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹"
GIVEN = "国英建军桂兰志明秀珍文华海燕玉芬长河素云大勇美丽春生"
ROOMS = (101, 102, 201, 202, 301, 302)
# Two who own whole floors of shops, and vote on nothing.
SHOPS = (
    ("清河商业管理有限公司", "柳荫苑1栋", "底商", 1_860),
    ("望江供销社", "柳荫苑5栋", "底商", 940),
)
CM2 = 10_000


def owners() -> list[Row]:
    """The register of 柳荫苑: eight buildings of six flats, and two owners of shops."""
    rows = []
    for building in range(1, 9):
        for no, room in enumerate(ROOMS):
            at = building * 7 + no * 3
            name = SURNAMES[at % len(SURNAMES)] + GIVEN[at % 24] + GIVEN[(at * 5 + building) % 26]
            area = 62 + (building * 11 + no * 7) % 34
            rows.append(Row(name, f"柳荫苑{building}栋", str(room), area * CM2))
    return rows + [Row(who, where, room, area * CM2) for who, where, room, area in SHOPS]


def vote_of(talk: Talk) -> Vote:
    """The last vote of the topic."""
    return Vote.objects.filter(topic__uid=talk.uid).order_by("-id")[0]


def lines_of(vote: Vote, many: int, first: int = 1) -> list[Voter]:
    """So many lines of households whose paper is collected at the door, from number `first` on."""
    taken = Part.objects.filter(vote=vote).exclude(way=Way.DOOR).values("voter_id")
    flats = Voter.objects.filter(vote=vote, area_cm2__lt=200 * CM2, no__gte=first)
    return list(flats.exclude(pk__in=taken).order_by("no")[:many])


def _doors(talk: Talk, ask: Asking, given: Given) -> Answers:
    codes = Building.objects.filter(community__code=talk.subject.place).order_by("code")
    found = "delivered"
    return [
        doors.call_at_doors(ask(), talk.uid, code, found)
        for code in codes.values_list("code", flat=True)
    ]


def _voice(talk: Talk, no: int) -> str:
    rows = Voice.objects.filter(passage__topic__uid=talk.uid).order_by("id")
    return list(rows.values_list("uid", flat=True))[no - 1]


def _take_up(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    voice, option = _voice(talk, given["voice"]), talk.option(given.get("option", 1))
    return texts.take_up_comment(
        ask(), talk.uid, voice, option, given["text"], given["words"], matters=True
    )


def _roll(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    """Of the accounts alone, or with the register beside them: of `owners`, or their `flats`."""
    rows = owners()[: -len(SHOPS)] if given.get("flats") else owners()
    return roll.open_roll(ask(), talk.uid, rows if given.keys() & {"owners", "flats"} else ())


def _cast(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    chosen = {talk.option(no): Choice(one) for no, one in enumerate(given["choices"], 1)}
    return casting.cast(ask(), vote_of(talk).uid, chosen)


def _picks(talk: Talk, numbers: Iterable[int]) -> list[tuple[str, int]]:
    """Projects by their numbers, as a ballot says that they are chosen."""
    return [(talk.option(no), 1) for no in numbers]


def _choose(talk: Talk, ask: Asking, given: Given) -> Done | Refusal:
    return casting.cast(ask(), vote_of(talk).uid, _picks(talk, given["projects"]))


def _door_votes(talk: Talk, ask: Asking, given: Given) -> Answers:
    """Collected at the doors by two; each is named on the roll."""
    vote = vote_of(talk)
    second = Person.objects.get(login=f"{PREFIX}{given['second']}").uid
    return [
        paper.take_paper(ask(), vote.uid, line.uid, Way.DOOR, second)
        for line in lines_of(vote, given["many"], given.get("first", 1))
    ]


def _enter(talk: Talk, ask: Asking, given: Given) -> Answers:
    """One person's entry of every paper that was collected."""
    vote, option = vote_of(talk), talk.option(1)
    rows = Part.objects.filter(vote=vote, way=Way.DOOR).order_by("voter__no")
    return [
        paper.enter_paper(
            ask(),
            vote.uid,
            no,
            {option: Choice.AGAINST if no in given["against"] else Choice.FOR},
            voter,
        )
        for no, voter in enumerate(rows.values_list("voter__uid", flat=True), 1)
    ]


def _enter_projects(talk: Talk, ask: Asking, given: Given) -> Answers:
    """One person's entry of every paper: the numbers on it, and how many say the same."""
    papers = [numbers for numbers, many in given["ballots"].items() for _ in range(many)]
    return [
        paper.enter_paper(ask(), vote_of(talk).uid, no, _picks(talk, map(int, numbers.split())))
        for no, numbers in enumerate(papers, 1)
    ]


# What a step calls it → the act.
ACTS: Mapping[str, Callable[[Talk, Asking, Given], Any]] = {
    "doors": _doors,
    "take_up": _take_up,
    "answer": lambda t, ask, g: staging.answer_comment(
        ask(), t.uid, _voice(t, g["voice"]), g["words"]
    ),
    "roll": _roll,
    "vote_open": lambda t, ask, g: opening.open_vote(ask(), t.uid),
    "cast": _cast,
    "door_votes": _door_votes,
    "enter": _enter,
    "choose": _choose,
    "enter_projects": _enter_projects,
    "vote_close": lambda t, ask, g: closing.close_vote(ask(), t.uid),
}
