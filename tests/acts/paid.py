"""What a project of a round needs on its way to its money, each step a real act at the desk."""

from tests.acts.hall import DESK, SECRETARY, Hall
from yishi.acts.project import costing, deciding, funding, paying
from yishi.acts.round import announcing
from yishi.core.method.round import Payer
from yishi.core.place import BodyKind
from yishi.core.project.deciding import Talked
from yishi.core.project.now import Form, OpinionOn
from yishi.records.files import NewFile, store
from yishi.records.models import Body, Fund, Pledge, Project, Quotation

YUAN = 100
CENTRE = "柳荫社区党群服务中心"
FUND = "2026年微实事专项资金"


def paper(words: str) -> NewFile:
    """A paper of those words."""
    return store(words.encode(), "application/pdf")


def announced(
    hall: Hall, uid: str, yuan: int = 300_000, name: str = FUND, code: str = "fund"
) -> str:
    """A fund of a round is announced; its uid."""
    ask = hall.world.ask(DESK, hall.now)
    hall.did(announcing.announce_fund(ask, uid, code, name, yuan * YUAN))
    return Fund.objects.get(topic__uid=uid, name=name).uid


def costed(hall: Hall, project: str, yuan: int = 180_000, households: int = 120) -> None:
    """Three have quoted, the service centre has worked it out, and it is costed at that."""
    centre, ask = Body.objects.get(name=CENTRE), hall.world.ask
    for no, bidder in enumerate(("惠民建设", "平安市政", "大道工程")):
        if not Quotation.objects.filter(project__uid=project, bidder=bidder).exists():
            fen = (yuan + no * 1000) * YUAN
            now = ask(DESK, hall.now)
            hall.did(costing.add_quotation(now, project, bidder, fen, paper(bidder)))
    said = costing.Said(
        OpinionOn.COST, True, f"按现场量的，{yuan}元。", yuan * YUAN, paper("造价测算")
    )
    hall.did(costing.add_opinion(ask(DESK, hall.now), project, centre.uid, said))
    now = ask(DESK, hall.now)
    hall.did(costing.cost(now, project, centre.uid, yuan * YUAN, 2, households))


def talked(hall: Hall, yes: int = 21, words: str = "都同意先修路", answer: str = "") -> Talked:
    """The committee and the representatives were all there; so many representatives agreed."""
    full = {
        one: hall.seats(one) for one in (BodyKind.RESIDENTS_COMMITTEE, BodyKind.REPRESENTATIVES)
    }
    agreed = {**full, BodyKind.REPRESENTATIVES: yes}
    return Talked(full, agreed, words, "" if yes == 21 else "有人觉得太贵", answer)


def agreed(hall: Hall, project: str) -> None:
    """Everybody agrees on it."""
    hall.did(deciding.decide(hall.world.ask(DESK, hall.now), project, talked(hall)))


def pledged(
    hall: Hall,
    project: str,
    yuan: int,
    payer: Payer = Payer.SOCIETY,
    form: Form = Form.MONEY,
    *,
    name: str = "惠民建设公司",
    fund: str = "",
    words: str = "",
    confirm: bool = True,
) -> str:
    """Somebody gives so much, written down at the desk and confirmed by the secretary; the uid."""
    made = funding.Offer(payer, form, yuan * YUAN, words, "" if fund else name, fund)
    hall.did(funding.offer(hall.world.ask(DESK, hall.now), project, made))
    uid = Pledge.objects.filter(project__uid=project).latest("id").uid
    if confirm:
        confirmed(hall, project, uid, yuan)
    return uid


def confirmed(hall: Hall, project: str, pledge: str, yuan: int) -> None:
    """The secretary values and confirms it; of residents' money with all it needs."""
    value = funding.Value(yuan * YUAN, 32, 2, paper("居民代表会议决议"))
    hall.did(funding.confirm_pledge(hall.world.ask(SECRETARY, hall.now), project, pledge, value))


def funded(hall: Hall, project: str) -> None:
    """Whatever is still missing comes out of a fund, up to the cost; then every yuan is found."""
    row = Project.objects.get(uid=project)
    assert row.cost_fen is not None
    have = sum(
        Pledge.objects.filter(project=row, state="confirmed").values_list("amount_fen", flat=True)
    )
    if row.cost_fen > have:
        fund = Fund.objects.filter(topic=row.topic).earliest("id").uid
        pledged(hall, project, (row.cost_fen - have) // YUAN, Payer.FUND, fund=fund)
    hall.did(funding.fund(hall.world.ask(DESK, hall.now), project))


def paid(hall: Hall, project: str, pledge: str, yuan: int, voucher: str) -> object:
    """What the desk is answered that enters a payment."""
    return paying.pay(
        hall.world.ask(DESK, hall.now),
        project,
        pledge,
        yuan * YUAN,
        voucher,
        paper(voucher),
        "付惠民建设公司进度款",
    )
