"""A round of small works in 柳荫社区, taken to a wanted stage by real acts.

`taken_to(hall, uid, stage)` goes stage by stage through `WAYS`, one function for each stage of
`weishi`: what it needs done in it, and the act that ends it.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta

from tests.acts import paid
from tests.acts.hall import COMMUNITY, CONVENER, DESK, SECRETARY, Hall, make_hall
from tests.acts.world import World
from yishi.acts.round import ending, proposing, screening
from yishi.acts.topic import staging
from yishi.core.method.language import Paper
from yishi.core.person import Role
from yishi.core.place import BodyKind
from yishi.core.project.now import ProjectState
from yishi.core.round.screening import Made
from yishi.records.models import Fund, Project, Proposal, Topic

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
    """A fund is announced, unless there is one; posted for its days, nobody objecting."""
    if not Fund.objects.filter(topic__uid=uid).exists():
        paid.announced(hall, uid)
    hall.did(staging.post(hall.world.ask(DESK, hall.now), uid, "各楼道口"))
    hall.now += timedelta(days=8)
    hall.did(staging.end_posting(hall.world.ask(DESK, hall.now), uid))


def wish(hall: Hall, uid: str, title: str, who: str = "王桂英", kind: str = "works") -> str:
    """A wish put forward while the round is called for; its uid."""
    said = proposing.Proposed(title, f"{title}，大家都用得着。", kind)
    return hall.did(proposing.file(hall.world.ask(who, hall.now), uid, said)).uid


def proposed(hall: Hall, uid: str) -> list[str]:
    """The uids of the wishes that wait for their screening."""
    rows = Proposal.objects.filter(topic__uid=uid, state="filed").order_by("id")
    return list(rows.values_list("uid", flat=True))


def passed(hall: Hall, wish_uid: str) -> str:
    """The wish is a project of its own; the project's uid."""
    row = Proposal.objects.get(uid=wish_uid)
    made = Made(row.title, row.words, row.kind, False, "问过街道，没有列入计划")
    hall.did(screening.pass_(hall.world.ask(SECRETARY, hall.now), wish_uid, made))
    return Project.objects.get(proposals__uid=wish_uid).uid


def _call(hall: Hall, uid: str) -> None:
    """Two wishes, unless there are some."""
    if not proposed(hall, uid):
        wish(hall, uid, "院内路面修平")
        wish(hall, uid, "门口装一盏路灯", "李建国")
    hall.now += timedelta(days=31)
    ends(hall, uid)


def _screen(hall: Hall, uid: str) -> None:
    """Every wish that waits becomes a project of its own."""
    for one in proposed(hall, uid):
        passed(hall, one)
    ends(hall, uid, Paper.MINUTES)


def _discuss(hall: Hall, uid: str) -> None:
    """Every project is costed and agreed on, unless it was decided on already."""
    for one in Project.objects.filter(topic__uid=uid).order_by("id"):
        if one.state == ProjectState.SCREENED:
            paid.costed(hall, one.uid)
        if one.state in (ProjectState.SCREENED, ProjectState.COSTED):
            paid.agreed(hall, one.uid)
    ends(hall, uid, Paper.MINUTES, Paper.REGISTER)


def _result(hall: Hall, uid: str) -> None:
    """Posted for its days with a photo, nobody objecting."""
    hall.did(staging.post(hall.world.ask(DESK, hall.now), uid, "各楼道口"))
    hall.attach(uid, Paper.PHOTO)
    hall.now += timedelta(days=8)
    hall.did(staging.end_posting(hall.world.ask(DESK, hall.now), uid))


WAYS: Mapping[str, Callable[[Hall, str], None]] = {
    "terms": _terms,
    "call": _call,
    "screen": _screen,
    "discuss": _discuss,
    "result": _result,
}
