"""A resident who took part in rounds deletes their account: words, photos and name go; the project,
the sums and the log stay."""

from dataclasses import replace
from datetime import timedelta

from tests.acts.hall import DESK, SECRETARY
from tests.acts.paid import funded
from tests.acts.rounds import ends, proposed, round_at
from tests.acts.rounds import wish as wished
from tests.acts.test_erasure import everything, terms
from tests.acts.works import FUNDERS, Works, live_at, paper, photo
from tests.acts.world import World
from yishi.acts import erasure
from yishi.acts.project import (
    building,
    costing,
    deciding,
    funding,
    paying,
    scoring,
    settling,
    watching,
)
from yishi.acts.round import naming, proposing, screening
from yishi.acts.topic import staging
from yishi.core.method.language import Paper
from yishi.core.method.round import Payer
from yishi.core.place import BodyKind
from yishi.core.project.deciding import Talked
from yishi.core.project.now import Form
from yishi.core.round.screening import Made
from yishi.jobs.sequence import sequence
from yishi.jobs.verify.whole import verify
from yishi.jobs.verify.wrong import Looked
from yishi.records.files import file_path, sweep
from yishi.records.index import tidy
from yishi.records.models import (
    Message,
    Milestone,
    Person,
    Pledge,
    Project,
    ProjectLook,
    ProjectScore,
    Proposal,
    ProposalPhoto,
    Quotation,
    Transfer,
)
from yishi.records.queries.accounts import project_line

NAME, PHONE, YUAN = "欧阳芷若", "+8613612345678", 100
WISH = proposing.Proposed(
    "鸢尾花坛边修条小路",
    "欧阳芷若说崴过脚，找我13612345678。",
    "works",
    spot="紫藤架下",
    shows_name=True,
)
TRACES = (
    NAME, "芷若", "13612345678", "鸢尾", "紫藤", "崴过脚", "翠竹", "拿积蓄", "料堆挡轮椅",
    "孙子走得稳",
)  # fmt: skip


def person_in(world: World) -> Person:
    row = world.person(NAME, PHONE)
    Person.objects.filter(pk=row.pk).update(login=row.uid)
    live_at(world, "柳荫1栋", NAME, "王桂英", "李建国")
    return row


def scored_by_them(world: World) -> tuple[Works, str]:
    """A round whose project they wished for, paid into, looked at and scored; and their wish."""
    hall, uid = round_at(world, "call")
    w = Works(hall, uid)
    did = hall.did
    wish = did(proposing.file(w.ask(NAME), uid, replace(WISH, photos=[photo("路面")]))).uid
    hall.now += timedelta(days=31)
    ends(hall, uid)
    made = Made("160号院路面", "路面修平，修围墙。", "works", False, "没有列入计划", "好主意")
    did(screening.pass_(w.ask(SECRETARY), wish, made))
    w.uid = Project.objects.get(topic__uid=uid).uid
    ends(hall, uid, Paper.MINUTES)
    w.cost()
    w.agree()
    ends(hall, uid, Paper.MINUTES, Paper.REGISTER)
    did(staging.post(w.ask(), uid, "各楼道口"))
    hall.now += timedelta(days=8)
    hall.attach(uid, Paper.PHOTO)
    did(staging.end_posting(w.ask(), uid))
    for payer, form, yuan in FUNDERS[:3]:
        w.pledge(payer, form, yuan)
    w.pledges.append(given(w, 20_000))
    value = funding.Value(20_000 * YUAN, 40, 3, paper("决议"))
    did(funding.confirm_pledge(w.ask(SECRETARY), w.uid, w.pledges[-1], value))
    given(w, 300)
    w.fund()
    w.contract()
    did(watching.watch(w.ask(NAME), w.uid, "料堆挡轮椅", photo("料堆")))
    w.build()
    w.accept(["王桂英", NAME])
    w.pay_all()
    w.settle()
    w.hand_over()
    ends(hall, uid)
    did(scoring.score(w.ask(NAME), w.uid, "satisfied", "孙子走得稳"))
    return w, wish


def given(w: Works, yuan: int) -> str:
    offer = funding.Offer(Payer.RESIDENTS, Form.MONEY, yuan * YUAN, "拿积蓄出一份", "翠竹奶奶")
    w.hall.did(funding.offer(w.ask(NAME), w.uid, offer))
    return Pledge.objects.latest("id").uid


def test_nothing_of_them_is_left_in_a_round_and_every_sum_stays(world: World) -> None:
    person = person_in(world)
    w, wish = scored_by_them(world)
    looked = ProjectLook.objects.exclude(photo=None).get(person=person)
    assert looked.photo is not None
    files = [ProposalPhoto.objects.get().file.sha256, looked.photo.sha256]
    before = project_line(w.row)
    sequence()
    assert [trace for trace in TRACES if trace not in everything()] == []
    w.hall.did(erasure.erase(w.ask(NAME), sure=True))
    assert [trace for trace in TRACES if trace in everything()] == []
    tidy()
    assert {"鸢尾", "紫藤", "翠竹"} & terms() == set()
    sweep(w.now + timedelta(days=9_000))
    assert [one for one in files if file_path(one).exists()] == []
    row = Proposal.objects.get(uid=wish)
    assert (row.title, row.words, row.spot, row.name, row.shows_name) == ("", "", "", "", False)
    assert (row.state, row.project, row.answer) == ("passed", w.row, "好主意")
    assert w.row.option.title == "160号院路面"
    assert project_line(w.row) == before
    paid, open_ = Pledge.objects.filter(person__isnull=False).order_by("id")
    assert (paid.name, paid.amount_fen, paid.state) == ("", 2_000_000, "confirmed")
    assert (open_.name, open_.amount_fen, open_.state) == ("", 30_000, "withdrawn")
    assert ProjectScore.objects.get().score == "satisfied"
    inspectors = ProjectLook.objects.filter(on="accept", body=None).order_by("id")
    assert [one.name for one in inspectors] == ["王桂英", ""]
    sequence()
    assert [wrong.code for wrong in verify(Looked())] == []


def test_a_wish_that_waits_is_taken_back_and_the_others_keep_theirs(world: World) -> None:
    person_in(world)
    hall, uid = round_at(world, "call")
    w, shared = Works(hall, uid), photo("同一张")
    wish = hall.did(proposing.file(w.ask(NAME), uid, replace(WISH, photos=[shared]))).uid
    other = proposing.Proposed("门口装灯", "晚上黑。", "works", photos=[shared])
    theirs = hall.did(proposing.file(w.ask("李建国"), uid, other)).uid
    hall.did(erasure.erase(w.ask(NAME), sure=True))
    assert [trace for trace in TRACES if trace in everything()] == []
    assert Proposal.objects.get(uid=wish).state == "withdrawn"
    row = Proposal.objects.get(uid=theirs)
    assert (row.state, row.title, row.photos.get().file.sha256) == (
        "filed", "门口装灯", shared.sha256,
    )  # fmt: skip
    sequence()
    assert [wrong.code for wrong in verify(Looked())] == []


def test_what_the_desk_wrote_down_for_residents_is_not_the_officers_own(world: World) -> None:
    hall, uid = round_at(world, "discuss")
    w = Works(hall, uid, Project.objects.filter(topic__uid=uid).earliest("id").uid)
    w.cost()
    together = funding.Offer(Payer.RESIDENTS, Form.MONEY, 100, "", "160号院居民")
    hall.did(funding.offer(w.ask(DESK), w.uid, together))
    assert Pledge.objects.get().person is None


def test_an_author_is_named_only_as_long_as_they_wish(world: World) -> None:
    person_in(world)
    hall, uid = round_at(world, "call")
    w = Works(hall, uid)
    wish = hall.did(proposing.file(w.ask(NAME), uid, replace(WISH, shows_name=False))).uid
    assert Proposal.objects.get(uid=wish).shows_name is False
    hall.did(naming.show_name(w.ask(NAME), wish, True))
    assert Proposal.objects.get(uid=wish).shows_name is True
    hall.now += timedelta(days=31)
    ends(hall, uid)
    foreign = naming.show_name(w.ask("李建国"), wish, False)
    assert getattr(foreign, "code", "") == "not_yours"
    hall.did(naming.show_name(w.ask(NAME), wish, False))
    assert Proposal.objects.get(uid=wish).shows_name is False
    desk = hall.world.ask(DESK, hall.now)
    assert getattr(naming.show_name(desk, wish, True), "code", "") == "not_yours"


def named_by_others(world: World) -> Works:
    """A project their wish was joined to, which they build, and which names them wherever it can:
    stopped half way."""
    hall, uid = round_at(world, "call")
    w = Works(hall, uid)
    did = hall.did
    wished(hall, uid, "院内路面修平")
    did(proposing.file(w.ask(NAME), uid, WISH))
    hall.now += timedelta(days=31)
    ends(hall, uid)
    first, second = proposed(hall, uid)
    made = Made(f"{NAME}门前的路", f"从{NAME}门前修到西门。", "works", False, "没有列入计划")
    did(screening.pass_(w.ask(SECRETARY), first, made))
    w.uid = Project.objects.get(topic__uid=uid).uid
    did(screening.join(w.ask(SECRETARY), second, w.uid, "同一条路"))
    ends(hall, uid, Paper.MINUTES)
    for bidder in (f"{NAME}（个体）", f"{NAME}建材有限公司"):
        did(costing.add_quotation(w.ask(), w.uid, bidder, 190_000 * YUAN, paper(bidder)))
    w.cost()
    kinds = (BodyKind.RESIDENTS_COMMITTEE, BodyKind.REPRESENTATIVES)
    full = {kind: hall.seats(kind) - 1 for kind in kinds}
    said = Talked(full, full, f"先修{NAME}门前", "", f"{NAME}同意绕行")
    did(deciding.decide(w.ask(), w.uid, said))
    ends(hall, uid, Paper.MINUTES, Paper.REGISTER)
    did(staging.post(w.ask(), uid, "各楼道口"))
    hall.now += timedelta(days=8)
    hall.attach(uid, Paper.PHOTO)
    did(staging.end_posting(w.ask(), uid))
    for payer, form, yuan in FUNDERS:
        w.pledge(payer, form, yuan)
    w.fund()
    begins = w.today + timedelta(days=1)
    days = (begins, begins + timedelta(days=60))
    entered = building.Contract(f"{NAME}（个体）", 110_000 * YUAN, *days, paper("合同"))
    did(building.contract(w.ask(), w.uid, entered))
    steps = [(f"铺{NAME}门前", begins), ("铺西门", begins)]
    did(building.plan_milestones(w.ask(), w.uid, steps))
    did(settling.stop(w.ask(SECRETARY), w.uid, f"{NAME}摔伤，不能开工"))
    return w


def test_what_others_wrote_of_a_project_names_them_no_more(world: World) -> None:
    person_in(world)
    w = named_by_others(world)
    before = project_line(w.row)
    numbers = {**w.row.decided, "words": "", "answer": ""}
    # What others were told is in their hands.
    Message.objects.all().delete()
    sequence()
    assert NAME in everything() and "欧阳" in "".join(terms())
    w.hall.did(erasure.erase(w.ask(NAME), sure=True))
    row = w.row
    assert (row.option.title, row.option.words) == ("欧某门前的路", "从欧某门前修到西门。")
    assert (row.why, row.contractor, row.decided) == ("", "欧某（个体）", numbers)
    steps = Milestone.objects.order_by("no").values_list("name", flat=True)
    assert list(steps) == ["铺欧某门前", "铺西门"]
    asked = Quotation.objects.filter(amount_fen=190_000 * YUAN).order_by("id")
    bidders = list(asked.values_list("bidder", flat=True))
    assert bidders == ["欧某（个体）", f"{NAME}建材有限公司"]
    assert replace(project_line(row), title="") == replace(before, title="")
    # The company keeps the name it is registered under, in its quotation alone.
    assert everything().count(NAME) == 1
    tidy()
    assert "欧阳" not in "".join(terms())
    sequence()
    assert [wrong.code for wrong in verify(Looked())] == []


def test_a_builder_who_lives_there_is_named_no_more_and_a_body_is(world: World) -> None:
    person = person_in(world)
    hall, uid = round_at(world, "discuss")
    own, other = Project.objects.filter(topic__uid=uid).order_by("id")
    Project.objects.filter(pk=own.pk).update(contractor=NAME)
    body = world.bodies["柳荫志愿服务队"]
    Project.objects.filter(pk=other.pk).update(contractor=f"{NAME}志愿队", builder=body)
    hall.did(erasure.erase(hall.world.ask(NAME, hall.now), sure=True))
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.contractor, other.contractor) == ("欧某", f"{NAME}志愿队")
    person.refresh_from_db()
    assert person.erased_at is not None


def test_whom_a_payment_went_to_goes_with_them_and_a_company_stays(world: World) -> None:
    person_in(world)
    hall, uid = round_at(world, "works")
    own = Project.objects.filter(topic__uid=uid).earliest("id").uid
    funded(hall, own)
    Project.objects.filter(uid=own).update(state="under_way")
    funder = Pledge.objects.get().uid
    for number, to in (("1", f"付{NAME}工钱"), ("2", f"付{NAME}建材有限公司货款")):
        ask = world.ask(DESK, hall.now)
        hall.did(paying.pay(ask, own, funder, 100 * YUAN, number, paper(number), to))
    sequence()
    hall.did(erasure.erase(world.ask(NAME, hall.now), sure=True))
    payments = Transfer.objects.filter(moved="paid").order_by("id")
    assert list(payments.values_list("voucher_no", "amount_fen", "words")) == [
        ("1", 10_000, ""), ("2", 10_000, f"付{NAME}建材有限公司货款"),
    ]  # fmt: skip
    sequence()
    assert [wrong.code for wrong in verify(Looked())] == []
