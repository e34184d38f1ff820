"""Seeds the demo: a district, its people, and ten weeks of matters raised and answered.

Everything goes through the acts, at past moments relative to `now`, in their order. The same
`now` gives the same demo.
"""

from datetime import UTC, datetime, timedelta
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from yishi.acts.door import Ask
from yishi.core.person import SYSTEM, Role
from yishi.demo.cast import PREFIX, Cast
from yishi.demo.district import DISTRICT, lay_out, sheet
from yishi.demo.instant import Instants
from yishi.demo.meetings import Meetings
from yishi.demo.methods import Methods
from yishi.demo.moments import Moments
from yishi.demo.outside import Outside
from yishi.demo.photos import Album
from yishi.demo.story import stories
from yishi.demo.supervision import Supervision
from yishi.demo.telling import Telling
from yishi.demo.topics import Talks, tell
from yishi.jobs.tell_rolls import tell_portion
from yishi.phrases.role import say_role
from yishi.records.entropy import SeededEntropy
from yishi.records.models import Holder, Message, Place, RollTold
from yishi.records.queries.rule import in_force, today_of

HISTORY = timedelta(days=80)
SEED = 20211
BATCH = 200
# Younger messages are still new to their readers.
FRESH = timedelta(hours=36)


class Guest(NamedTuple):
    """Somebody a newcomer may be: their role in words, how to sign in, what to try."""

    role: str
    login: str
    phone: str
    name: str
    place: str
    to_try: str


def seed(now: datetime, every: int = 1) -> list[Guest]:
    """Makes the demo as of `now` (aware) and answers whom a newcomer may be.

    `every`: only each so manieth story is told, at least 1, for a quick look. Raises
    DemoBroken where one of its own files and the rules disagree.
    """
    now = now.astimezone(UTC).replace(microsecond=0)
    began = now - HISTORY
    entropy = SeededEntropy(SEED)
    keys = iter(range(1_000_000))

    def asking(at: datetime) -> Ask:
        return Ask(SYSTEM, at, f"demo-begin-{next(keys)}", None, entropy)

    with transaction.atomic():
        lay_out(asking, began, today_of(began))
    _tell(now, Cast(entropy, today_of(now)), every)
    _tell_rolls()
    _read(now)
    return guests()


def _tell_rolls() -> None:
    """Who stands on the roll of a vote was told of it then, as the job does within minutes."""
    for row in (
        RollTold.objects.filter(ended_at=None).select_related("vote", "entry").order_by("id")
    ):
        tell_portion(row, Holder.objects.count() + 1, row.entry.at)


def _read(now: datetime) -> None:
    """People have read what they were told but for the last day and a half."""
    old = Message.objects.filter(read_at=None, not_before__lt=now - FRESH)
    old.update(read_at=F("not_before") + timedelta(hours=1))


def _tell(now: datetime, cast: Cast, every: int) -> None:
    """All stories side by side: whoever is next in time does their next step."""
    district = Place.objects.get(code=DISTRICT)
    calendar = in_force(district, today_of(now)).terms.calendar
    album = Album()
    queue, tellings = [], list[Telling]()
    for number, story in list(enumerate(stories(), 1))[::every]:
        moments = Moments(now, calendar, f"{SEED} {number}")
        telling = Telling(number, story, cast, moments, album)
        tellings.append(telling)
        steps = telling.steps()
        queue.append((next(steps), number, steps))
    beside = Supervision(cast, Moments(now, calendar, f"{SEED} supervision")).steps()
    queue.append((next(beside), 0, beside))
    at_once = Instants(cast, Moments(now, calendar, f"{SEED} instant")).steps()
    queue.append((next(at_once), -1, at_once))
    orders = Outside(cast, Moments(now, calendar, f"{SEED} outside"), album).steps()
    queue.append((next(orders), -2, orders))
    by = Methods(cast, Moments(now, calendar, f"{SEED} methods")).steps()
    queue.append((next(by), -3, by))

    met = Meetings(cast, Moments(now, calendar, f"{SEED} meetings"), album).steps()
    queue.append((next(met), -4, met))

    def find(words: str) -> str:
        return next((one.uid for one in tellings if one.story.words.startswith(words)), "")

    talks = Talks(cast, Moments(now, calendar, f"{SEED} topics"), album, find)
    for number, talk in enumerate(tell(talks), 5):
        queue.append((next(talk), -number, talk))
    heapify(queue)
    while queue:
        # One fsync for many steps; each act still goes through the door on its own.
        with transaction.atomic():
            for _turn in range(BATCH):
                if not queue:
                    break
                at, number, steps = heappop(queue)
                if at >= now:
                    continue
                following = next(steps, None)
                if following is not None:
                    heappush(queue, (following, number, steps))


def guests() -> list[Guest]:
    """One for each role, residents at each identity level first; of those who deliberate one in
    the community that works by 四议 and one in that of the seven steps."""
    people = {row["登录名"]: row for row in sheet("people")}
    where = {row["手机"]: row["职务"] for row in reversed(sheet("appointments"))}
    homes = {row["编码"]: row["名称"] for row in sheet("buildings")}
    found = []
    for who, role, to_try in _shown():
        row = people[f"{PREFIX}{who}"]
        place = where.get(row["手机"]) or homes.get(row["楼栋编码"], "")
        found.append(Guest(say_role(role), row["登录名"], row["手机"], row["姓名"], place, to_try))
    return found


def _shown() -> list[tuple[str, Role, str]]:
    return [
        ("wang", Role.RESIDENT, _("Rate an answer; vote on small works")),
        ("li", Role.RESIDENT, _("An owner: file with the building's code")),
        ("zhaoxh", Role.RESIDENT, _("Known by phone only: file with a photo")),
        ("grid", Role.GRID_WORKER, _("Check two repairs; settle one on the spot")),
        ("desk", Role.COMMUNITY_DESK, _("Set a matter aside as a topic; check a result")),
        ("dispatcher", Role.DISPATCHER, _("Empty the queue, oldest clock first")),
        ("unit", Role.UNIT_HANDLER, _("Sign, contact, hand in a result, answer")),
        ("callback", Role.CALL_BACK_OFFICER, _("Ring back those who were answered")),
        ("ruling", Role.ARBITRATOR, _("Rule on a dispute; have the list say it next time")),
        ("supervisor", Role.SUPERVISORY_OFFICER, _("See what is late; issue an order")),
        (
            "overseer",
            Role.OVERSEER,
            _("Look at what was carried out; draw finished matters by lot"),
        ),
        ("leader", Role.LEADER, _("Sign off what becomes public; open the figures")),
        ("secretary", Role.SECRETARY, _("Review a topic; place whose it is to decide")),
        ("convener", Role.CONVENER, _("Rule on an objection; lead a topic on")),
        ("member", Role.MEMBER, _("Count the hands a second time; read the plans")),
        ("adviser", Role.LEGAL_ADVISER, _("Say the legal word on the community's own method")),
        ("ccsecretary", Role.SECRETARY, _("The seven steps: review a topic, decide its size")),
        ("ccconvener", Role.CONVENER, _("The seven steps: answer a comment; hear more people")),
        ("ccmember", Role.MEMBER, _("The seven steps: see the plans and who failed why")),
        ("admin", Role.ADMINISTRATOR, _("Load places and people; hand over a post")),
        ("auditor", Role.AUDITOR, _("See who read which phone number")),
    ]
