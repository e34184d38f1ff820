"""Small works as everybody reads them once they are done: the page, the sheets, the accounts."""

import io
import json
import zipfile

from tests.browser.small_works import (
    ASKED,
    BALCONY,
    BUILDER,
    FIRM,
    FUND,
    INSTITUTE,
    KEEPER,
    NEIGHBOURS,
    PROJECT,
    WALL,
    Works,
)

# Cells of a sheet whose words run into the next one.
CUT = """[...document.querySelectorAll(".sheet :is(th, td)")]
.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.innerText)"""


def accounted(phone: Works) -> None:
    """A resident reads all of it on a phone: who paid, what it cost, to the fen; and it prints."""
    phone.as_("demo-chen").go(f"/rounds/{phone.round}")
    assert "做完了，账已公开" in phone.text()
    phone.press_button(PROJECT)
    phone.look_here("project")
    said = all_of_it(phone)
    for words in (
        ASKED, WALL, "6 分之一", FIRM, INSTITUTE, NEIGHBOURS, BUILDER, "58,200.50",
        KEEPER, "2029年5月19日", "旧墙拆完，排水沟挖通。", "仍装平开门", "没有勾缝",
        "雨后没有积水", "10位居民",
    ):  # fmt: skip
        assert words in said, words
    sheets(phone)
    phone.go(phone.project)
    phone.press_button("这一轮的账")
    phone.look_here("accounts")
    for words in ("300,000 元", "270,000 元", "180,000 元", "30,000 元", "6 分之一"):
        assert words in phone.text(), words
    adds_up(phone)


def all_of_it(at: Works) -> str:
    """What the project's page says, and the pages it leads to; also what is folded away there."""
    said = at.page.locator("body").text_content() or ""
    doors = at.page.locator("#main nav a").evaluate_all("all => all.map(a => a.pathname)")
    for address in doors:
        assert at.go(address) == 200, address
        said += at.page.locator("body").text_content() or ""
    return said


def sheets(at: Works) -> None:
    """Every sheet on the way opens from the page it belongs to, and prints."""
    for page, link, words in (
        (at.project, "认领", ("认领书", INSTITUTE, "40,000")),
        (at.project, "验收单", ("项目验收单", "柳荫社区居务监督委员会", "雨后没有积水")),
        (at.project, "决算公示表", ("决算公示表", "180,000 元", INSTITUTE, NEIGHBOURS)),
        (f"/rounds/{at.round}", "初选评审表", ("初选评审表", BALCONY, "居民自家的开支")),
    ):
        at.go(page)
        at.press_button(link)
        printed(at, words)
    at.go(at.project)
    at.press_button(WALL)
    at.press_button("申报表")
    printed(at, ("项目申报表", WALL))


def printed(at: Works, words: tuple[str, ...]) -> None:
    """The sheet that stands here: its words, and that paper holds it."""
    said = at.page.locator("body").inner_text()
    for one in words:
        assert one in said, f"{words[0]}: {one}"
    assert at.page.evaluate(CUT) == [], words[0]
    # The other sheets are made of the same pieces.
    if words[0] == "决算公示表":
        at.look_here(f"sheet-{words[0]}")
    else:
        at.see(f"small-works-sheet-{words[0]}")
    assert at.page.pdf(format="A4").startswith(b"%PDF")


def adds_up(at: Works) -> None:
    """What is downloaded says the same, to the fen."""
    projects = json.loads(downloaded(at, "projects.json"))["projects"]
    funders = json.loads(downloaded(at, "funders.json"))["funders"]
    (project,) = projects
    assert project["cost_fen"] == project["spent_fen"] == 18_000_000
    assert project["fund_fen"] * 6 == project["cost_fen"]
    assert project["unspent_fen"] == 0
    assert {one["name"]: one["spent_fen"] for one in funders} == {
        FUND: 3_000_000,
        FIRM: 9_000_000,
        INSTITUTE: 4_000_000,
        NEIGHBOURS: 2_000_000,
    }
    payments = json.loads(downloaded(at, "payments.json"))["payments"]
    assert sum(one["amount_fen"] for one in payments) == 18_000_000
    for kind, rows in (("projects", 1), ("funders", 4), ("payments", 5)):
        assert len(downloaded(at, f"{kind}.csv").decode("utf-8-sig").splitlines()) == 1 + rows
    with zipfile.ZipFile(io.BytesIO(downloaded(at, "accounts.xlsx"))) as book:
        cells = "".join(book.read(name).decode() for name in book.namelist() if "xml" in name)
    for words in (PROJECT, ">180000<", ">30000<", ">12345.67<", ">17654.33<"):
        assert words in cells, words


def downloaded(at: Works, ending: str) -> bytes:
    """What the link of the page with that ending hands out."""
    href = at.page.locator(f"#main a[href$='{ending}']").get_attribute("href")
    answer = at.page.request.get(f"{at.address}{href}")
    assert answer.ok, ending
    return answer.body()
