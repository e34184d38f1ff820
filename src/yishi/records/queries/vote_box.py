"""The papers of an opened box: how far the two who enter them are, without what they entered."""

from dataclasses import dataclass

from yishi.core.vote.now import Way
from yishi.core.vote.paper import HANDS_SERIAL
from yishi.records.models import PaperBallot, Vote
from yishi.records.queries.vote import parts_by_way
from yishi.records.queries.vote_hands import absent_of


@dataclass(frozen=True)
class Paper:
    """One paper: its serial, whether one person or two entered it and agreed, whose turn it is."""

    serial: int
    agreed: bool | None
    is_mine: bool


@dataclass(frozen=True)
class Box:
    """`taken`: papers handed in; `hands`: lines counted by hand; `papers`: each that was entered,
    by serial; `count`: the show of hands, None where nobody counted; `all_in`: every line took
    part that could."""

    taken: int
    hands: int
    papers: tuple[Paper, ...]
    count: Paper | None
    all_in: bool

    @property
    def agreed(self) -> int:
        """Papers two people entered alike."""
        return sum(1 for one in self.papers if one.agreed)

    @property
    def once(self) -> tuple[int, ...]:
        """Serials only one person has entered."""
        return tuple(one.serial for one in self.papers if one.agreed is None)

    @property
    def differ(self) -> tuple[int, ...]:
        """Serials whose two entries differ."""
        return tuple(one.serial for one in self.papers if one.agreed is False)

    def next_for_me(self, after: int = 0) -> int | None:
        """The serial this person enters next: of those waiting for them the first behind the one
        just entered, else the first there is, else a new one; None once every paper is entered."""
        waiting = [
            one.serial
            for one in self.papers
            if one.agreed is False or (one.agreed is None and not one.is_mine)
        ]
        behind = [serial for serial in waiting if serial > after]
        if behind or waiting:
            return (behind or waiting)[0]
        if len(self.papers) >= self.taken:
            return None
        return max((one.serial for one in self.papers), default=0) + 1


def box_of(vote: Vote, person_id: int | None) -> Box:
    """How far the papers of a vote are, as this person sees it. Two statements, of a show
    of hands six at most."""
    rows = PaperBallot.objects.filter(vote=vote).order_by("serial")
    papers = [
        Paper(serial, agreed, by == person_id)
        for serial, agreed, by in rows.values_list("serial", "is_agreed", "first_by_id")
    ]
    ways = parts_by_way(vote)
    return Box(
        sum(ways.get(way, 0) for way in (Way.PAPER, Way.DOOR)),
        ways.get(Way.HANDS, 0),
        tuple(one for one in papers if one.serial != HANDS_SERIAL),
        next((one for one in papers if one.serial == HANDS_SERIAL), None),
        sum(ways.values()) + absent_of(vote) == vote.voters,
    )
