"""A round of small works in 柳荫社区, taken to a wanted stage by real acts.

`taken_to(hall, uid, stage)` goes stage by stage through `WAYS`, one function for each stage of
`weishi`: what it needs done in it, and the act that ends it.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta

from tests.acts.hall import COMMUNITY, CONVENER, DESK, Hall, make_hall
from tests.acts.world import World
from yishi.acts.round import ending
from yishi.acts.topic import staging
from yishi.core.method.language import Paper
from yishi.core.person import Role
from yishi.core.place import BodyKind
from yishi.records.models import Topic

METHOD, SIZE, TITLE = "weishi", "round", "2026年第一轮微实事"
CENTRE, VOLUNTEERS = "柳荫社区党群服务中心", "柳荫志愿服务队"


def round_hall(world: World) -> Hall:
    """柳荫社区 with its bodies, working by `weishi`."""
    for kind, name in ((BodyKind.SERVICE_CENTRE, CENTRE), (BodyKind.VOLUNTEERS, VOLUNTEERS)):
        if name not in world.bodies:
            world.body(name, kind, COMMUNITY)
        world.appoint(f"{name}{CONVENER}", Role.CONVENER, COMMUNITY, name)
    return make_hall(world, METHOD)


def begun(hall: Hall, title: str = TITLE) -> str:
    """A round raised at the desk and taken up by the secretary: in `terms`; its uid."""
    uid = hall.raise_(title, DESK)
    hall.take_up(uid, METHOD, SIZE)
    return uid


def taken_to(hall: Hall, uid: str, stage: str) -> Topic:
    """The round, taken through its stages until it stands in that one."""
    for _ in range(20):
        row = hall.topic(uid)
        if row.stage == stage:
            return row
        WAYS[row.stage](hall, uid)
    raise AssertionError(f"{stage} was not reached")


def round_at(world: World, stage: str = "terms", title: str = TITLE) -> tuple[Hall, str]:
    """A hall and a round that stands in that stage; its uid."""
    hall = round_hall(world)
    uid = begun(hall, title)
    taken_to(hall, uid, stage)
    return hall, uid


def ends(hall: Hall, uid: str, *papers: Paper) -> None:
    """The stage, gone through by every project, is ended at the desk."""
    if papers:
        hall.attach(uid, *papers)
    hall.did(ending.end_projects(hall.world.ask(DESK, hall.now), uid))


def _terms(hall: Hall, uid: str) -> None:
    """Posted for its days, nobody objecting."""
    hall.did(staging.post(hall.world.ask(DESK, hall.now), uid, "各楼道口"))
    hall.now += timedelta(days=8)
    hall.did(staging.end_posting(hall.world.ask(DESK, hall.now), uid))


def _call(hall: Hall, uid: str) -> None:
    hall.now += timedelta(days=31)
    ends(hall, uid)


WAYS: Mapping[str, Callable[[Hall, str], None]] = {"terms": _terms, "call": _call}
