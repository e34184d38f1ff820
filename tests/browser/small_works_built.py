"""Small works from who pays for them to who looks after them, done on the pages."""

from datetime import date, timedelta

from tests.browser.hands import picture
from tests.browser.small_works import (
    BUILDER,
    CLAIM,
    DESK,
    FIRM,
    FUND,
    INSTITUTE,
    KEEPER,
    KIND,
    MONEY,
    NEIGHBOURS,
    OVERSEER,
    ROADS,
    SECRETARY,
    USERS,
    WORKS_ON,
    Works,
)


def funded(desk: Works) -> None:
    """The fund, a firm in kind, an institute that claims the wall, residents who pay willingly."""
    desk.as_(DESK).until_it_stands(desk.round, "实施")
    desk.on_project(DESK, "offer", FUND, MONEY, amount="30000", seen="offer")
    words = "沥青和机械都由公司出，重铺全院路面。"
    firm = {"name": FIRM, "amount": "90000", "words": words}
    desk.on_project(DESK, "offer", "企业或单位", KIND, **firm)
    words = "认领围墙：设计、拆除、重建。"
    claimed = {"name": INSTITUTE, "amount": "40000", "words": words}
    desk.on_project(DESK, "offer", "企业或单位", CLAIM, **claimed)
    gate = {"name": NEIGHBOURS, "amount": "26000", "words": "大门由住户凑。"}
    desk.on_project(DESK, "offer", "居民合出", MONEY, **gate)
    # Money is worth what was offered; what comes in kind, or is done, is valued here.
    desk.on_project(SECRETARY, "confirm", FUND)
    for name, yuan in ((FIRM, "90000"), (INSTITUTE, "40000")):
        desk.on_project(SECRETARY, "confirm", name, amount=yuan)
    consent = {"willing": "32", "units": "3", "resolution": desk.paper}
    desk.on_project(SECRETARY, "confirm", NEIGHBOURS, seen="confirm", **consent)
    desk.on_project(DESK, "fund")
    desk.look_here("funded")
    for words in ("30,000 元", FIRM, INSTITUTE, NEIGHBOURS, "32"):
        assert words in desk.text(), words


def contracted(desk: Works, seen: str = "") -> None:
    """Whoever quoted lowest builds it, for what they asked."""
    begins, ends = WORKS_ON, WORKS_ON + timedelta(days=30)
    desk.on_project(DESK, "contract", amount="50000", begins_on=begins.isoformat(),
                    ends_on=ends.isoformat(), contract=desk.paper, seen=seen)  # fmt: skip


def cheaper(desk: Works) -> None:
    """The works wait until whoever pays gives less, and are contracted anew."""
    assert "正在落实资金" in desk.stands_at()
    desk.on_project(DESK, "lower", NEIGHBOURS, amount="20000", seen="lower")
    desk.on_project(DESK, "fund")
    assert "6 分之一" in desk.text()
    contracted(desk)
    assert "施工中" in desk.stands_at()


def built(phone: Works, desk: Works) -> None:
    """The contract, a change refused and one approved, the steps with their photos, a resident who
    looks."""
    begins = WORKS_ON
    contracted(desk, "contract")
    plan = {"name_1": "拆旧墙、挖排水", "name_2": "砌墙、铺路", "name_3": "装大门"}
    days = {f"day_{no}": (begins + timedelta(days=8 * no)).isoformat() for no in (1, 2, 3)}
    desk.on_project(DESK, "plan", seen="plan", **plan, **days)
    why, plain = "多出的六千元没有人出，不加。", "住户商量过了，仍装平开门。"
    desk.on_project(
        DESK, "ask-change", amount="192000", why="大门想再加车牌识别。", seen="ask-change"
    )
    desk.on_project(SECRETARY, "decide-change", yes="no", words=why, seen="decide-change")
    desk.on_project(DESK, "ask-change", amount="180000", why="电动门太贵。")
    desk.on_project(SECRETARY, "decide-change", yes="yes", words=plain)
    cheaper(desk)
    desk.on_project(
        DESK, "reach", "拆旧墙", words="旧墙拆完，排水沟挖通。", photo=desk.paper, seen="reach"
    )
    saw = "沥青铺了两层，墙脚还没有勾缝。"
    phone.on_project("demo-li", "watch", words=saw, photo=phone.paper, seen="watch")
    phone.look_here("under-way")
    desk.on_project(DESK, "reach", "砌墙", photo=desk.paper)
    desk.on_project(DESK, "reach", "装大门", photo=desk.paper)
    desk.on_project(DESK, "built", words="路、墙、门都完工了。", photo=desk.paper)
    for words in (why, plain, saw, "装大门"):
        assert words in desk.text(), words


def settled(phone: Works, desk: Works) -> None:
    """Inspected by others, paid on vouchers, settled by another body, handed over, taken over."""
    seen = "走了一遍，雨后没有积水，和议定的一样。"
    desk.on_project(OVERSEER, "accept", "柳荫社区居务监督委员会", people="王秀兰", fit="yes",
                    words=seen, photo=desk.paper, seen="accept")  # fmt: skip
    for funder, yuan, no in (
        (FUND, "12345.67", "LY-2027-001"),
        (FUND, "17654.33", "LY-2027-002"),
        (NEIGHBOURS, "20000", "LY-2027-003"),
    ):
        # Nothing is paid twice on one paper.
        voucher = picture(desk.paper.with_name(f"{no}.jpg"), (236, 228, 200 + int(no[-1])))
        desk.on_project(DESK, "pay", funder, amount=yuan, words=f"付{BUILDER}", voucher_no=no,
                        voucher=voucher, seen="pay" if no.endswith("1") else "")  # fmt: skip
    desk.on_project(SECRETARY, "settle", "望江街道办事处", amount="180000", review=desk.paper,
                    seen="settle")  # fmt: skip
    kept = {"liable_until": date(2029, 5, 19).isoformat(), "words": "合同第九条：路面质保两年。"}
    desk.on_project(DESK, "hand-over", KEEPER, record=desk.paper, seen="hand-over", **kept)
    phone.on_project(ROADS, "take-over", seen="take-over")
    desk.on_topic(DESK, "end-projects")


def scored(phone: Works, desk: Works) -> None:
    """Those who use it score it; what breaks afterwards is a matter like any other."""
    for login in USERS:
        phone.on_project(login, "score", "满意", seen="score" if login == USERS[0] else "")
    desk.on_topic(DESK, "end-projects")
    broke = "大门的闭门器松了，夜里关不上。"
    phone.on_project("demo-zhou", "defect", words=broke, photo=phone.paper, seen="defect")
    phone.as_("demo-zhou").go("/reports")
    assert broke in phone.text()
    desk.on_topic(
        DESK, "publish", words="一个项目做成了，一共十八万元，专项资金三万元，账在议事里。"
    )
