"""A method whose covenant is commented on door to door, voted, posted and adopted; and a hall."""

from datetime import date

from tests.acts.hall import COMMUNITY, SECRETARY, Hall, make_hall
from tests.acts.world import World
from yishi.acts import rule
from yishi.acts.topic import raising, reviewing
from yishi.core.person import SYSTEM
from yishi.core.topic.review import Reviewed, Verdict
from yishi.records.models import Option, Voice
from yishi.rulebook.load import Bundle, read_bundle

ENDS = """ends = [
  { id = "adopted", name = { zh = "已通过" }, carried_out = true },
  { id = "dropped", name = { zh = "未通过" }, carried_out = false },
]
"""
METHOD = """
kind = "methods"
id = "covenant"
version = "1"
valid_from = 2026-01-01
source = "ours"
layer = "community"
name = { zh = "章程与公约" }
about = { zh = "居民自己订、自己改。" }
catalogue = [{ code = "covenant", name = { zh = "居民公约" }, calls = [] }]

[[sizes]]
code = "covenant"
name = { zh = "居民公约" }
means = { zh = "订立或修订" }
procedure = "covenant"

[[sizes]]
code = "charter"
name = { zh = "自治章程" }
means = { zh = "订立或修订" }
procedure = "charter"
"""
STAGES = """
[[procedures.stages]]
id = "draft"
kind = "confer"
name = { zh = "居委会起草" }
lead = "residents_committee"
decides = ["residents_committee"]
limit = { length = 30, kind = "day", source = "ours" }
pass = "comment"
fail = "tell_dropped"

[[procedures.stages]]
id = "comment"
kind = "comment"
name = { zh = "征求意见" }
lead = "residents_committee"
doors = DOORS
period = { length = 7, kind = "day", source = "ours" }
limit = { length = 20, kind = "day", source = "ours" }
pass = "resolve"

[[procedures.stages]]
id = "resolve"
kind = "vote"
name = { zh = "居民代表会议表决" }
lead = "residents_committee"
decides = ["representatives"]
quorum = { share = "2/3", of = "seats", more_than = false, source = "ours" }
threshold = { share = "1/2", of = "present", more_than = true, source = "ours" }
tie = "fails"
limit = { length = 30, kind = "day", source = "ours" }
times = { number = 3, source = "ours" }
pass = "announce"
fail = "tell_dropped"
exhausted = "tell_dropped"

[[procedures.stages]]
id = "announce"
kind = "notice"
name = { zh = "公示" }
lead = "residents_committee"
period = { length = 5, kind = "day", source = "ours" }
limit = { length = 15, kind = "day", source = "ours" }
pass = "tell_adopted"
objection = "resolve"

[[procedures.stages]]
id = "tell_adopted"
kind = "publish"
name = { zh = "公布生效" }
lead = "residents_committee"
limit = { length = 3, kind = "day", source = "ours" }
pass = "adopted"

[[procedures.stages]]
id = "tell_dropped"
kind = "publish"
name = { zh = "公布未通过" }
lead = "residents_committee"
limit = { length = 3, kind = "day", source = "ours" }
pass = "dropped"
"""
FIRST = "第一条 爱护花木。\n第二条 晚十点后不跳广场舞。\n"
DESK = "社区小周"


def bundle(*, doors: bool = False) -> Bundle:
    """The method as a file."""
    stages = STAGES.replace("DOORS", "true" if doors else "false")
    toml = METHOD
    for text in ("covenant", "charter"):
        name = {"covenant": "居民公约", "charter": "居民自治章程"}[text]
        head = f'\n[[procedures]]\nid = "{text}"\nname = {{ zh = "{name}" }}\ntext = "{text}"\n'
        toml += head + ENDS + stages
    return read_bundle("methods", {"covenant.toml": toml.encode()})


def covenant_hall(world: World, *, doors: bool = False) -> Hall:
    """柳荫社区, which works by this method."""
    hall = make_hall(world, "c4321")
    made = bundle(doors=doors)
    hall.did(rule.load_bundle(world.ask(SYSTEM, hall.now), made))
    ask = world.ask("管理员", hall.now)
    hall.did(rule.adopt(ask, world.places[COMMUNITY], made, date(2026, 1, 1)))
    return hall


def proposed(hall: Hall, words: str = FIRST, who: str = "王桂英") -> str:
    """A covenant is put forward with this text; uid of the topic, which waits for its review."""
    raised = raising.Raised("订立居民公约", "大家的事大家定。", "居民公约（草案）", words)
    place = hall.world.places[COMMUNITY]
    return hall.did(raising.raise_(hall.world.ask(who, hall.now), place.uid, raised)).uid


def reviewed(hall: Hall, uid: str, text: str = "covenant") -> object:
    """What the review answers that takes it up."""
    said = Reviewed(Verdict.TAKEN_UP, size=text, entry="covenant", words="同意")
    ask = hall.world.ask(SECRETARY, hall.now)
    return reviewing.review_topic(ask, uid, "covenant", said)


def running(hall: Hall, words: str = FIRST, stage: str = "comment") -> str:
    """A covenant that stands in that stage."""
    uid = proposed(hall, words)
    hall.did(reviewed(hall, uid))
    hall.to(uid, stage)
    return uid


def option_of(hall: Hall, uid: str) -> Option:
    """The text as it is now."""
    return Option.objects.get(topic__uid=uid)


def voice_of(uid: str) -> Voice:
    """What was said last."""
    found = Voice.objects.filter(passage__topic__uid=uid).order_by("-id").first()
    assert found is not None
    return found
