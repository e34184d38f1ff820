"""Świecie's real vote by its official rule and by most votes, side by side; a resident's receipt.

The receipt is worked out by the script of the page and compared, fraction by fraction, with what
the count itself says.
"""

from collections.abc import Collection
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Demo
from tests.browser.hands import Hands
from tests.counting.budget.elections import approvals
from tests.needs import ROOT, shared_data
from yishi.counting.budget.counted import Counted, Rule, count
from yishi.counting.budget.explain import explain
from yishi.counting.budget.own_receipt import own_receipt
from yishi.counting.budget.pabulib_in import read
from yishi.phrases.budget import Money
from yishi.web.count_shown import Named, election_shown

RESIDENT = "demo-chen"
SCRIPT = ROOT / "src" / "yishi" / "web" / "static" / "yishi" / "receipt.js"


def swiecie() -> Path:
    return shared_data("pabulib", "Poland_Swiecie_2023.pb")


def upload(hands: Hands, path: Path) -> None:
    hands.as_(RESIDENT).go("/count")
    hands.page.locator("#file").set_input_files(path)
    with hands.page.expect_navigation():
        hands.page.locator("form.form button[data-act]").click()


def tick(page: Page, chose: Collection[int]) -> None:
    """Ticks this ballot and nothing else."""
    while (ticked := page.locator("[data-ballot] input:checked")).count():
        ticked.first.uncheck()
    for project in sorted(chose):
        page.locator(f"#own-{project}").check()


def worked_out(page: Page) -> tuple[dict[int, str], str]:
    """What the script says was paid for which project, and what is left: exact fractions."""
    rows = page.locator("[data-receipt-out] li")
    told = rows.evaluate_all("all => all.map(one => Object.assign({}, one.dataset))")
    paid = {int(one["project"]): one["amount"] for one in told if one["kind"] == "paid"}
    return paid, next(one["amount"] for one in told if one["kind"] == "left")


def expected(counted: Counted, chose: Collection[int]) -> tuple[dict[int, str], str]:
    told = own_receipt(counted, chose)
    return {project: str(gave) for project, gave in told.paid}, str(told.left)


@pytest.mark.slow
@pytest.mark.parametrize("size", ["phone", "desk"])
def test_a_real_vote_by_two_rules_and_ones_own_receipt(
    demo: Demo, browser: Browser, size: str
) -> None:
    path = swiecie()
    file = read(path.read_text("utf-8"))
    election = file.election
    counted = count(election, range(22), Rule.SHARES_UNTIL_OVERSPENT, unit=file.unit)
    hands = Hands(browser, demo.address, size)
    hands.as_(RESIDENT).go("/count")
    hands.see(f"count-{size}", axe=True)
    upload(hands, path)
    said = hands.text()
    assert "与这里第一种规则算出来的相同" in said
    assert "2,553 人中的 2,549 人" in said
    assert "2,553 人中的 2,321 人" in said
    page = hands.page
    assert page.locator("#rounds-equal_shares-until_overspent tbody tr").count() == 17 + 1
    assert page.locator("#rounds-greedy-skip tbody tr").count() == 9 + 1
    # The pier: chosen by most votes alone, and what it lacked by shares.
    pier = page.locator("#why-7")
    pier.locator("summary").click()
    assert "选它的 623 人手里一共还有约 204,691.23 PLN" in pier.inner_text()
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    hands.see(f"count-swiecie-{size}", axe=True)
    hands.wrong += hands.look_in_the_dark(f"count-swiecie-{size}")
    # Twenty ballots as they were cast.
    for voter in range(0, election.voters, 127):
        chose = election.named_by(int(election.kind_of[voter]))
        if chose:
            tick(page, chose)
            assert worked_out(page) == expected(counted, chose), voter
    page.locator("#own").scroll_into_view_if_needed()
    hands.see(f"count-receipt-{size}", axe=True)
    assert hands.wrong == []
    hands.close()


@pytest.mark.slow
def test_the_ballot_goes_nowhere(demo: Demo, browser: Browser) -> None:
    hands = Hands(browser, demo.address)
    hands.as_(RESIDENT).go("/count?example")
    kept = "JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"
    before, asked = hands.page.evaluate(kept), list[str]()
    hands.page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    tick(hands.page, [1, 3])
    assert worked_out(hands.page)[0]
    hands.page.wait_for_timeout(300)
    # A browser asks for the icon when it likes: a file of the site's own, asked without words.
    icon = f"GET {demo.address}/static/yishi/favicon"
    assert [one for one in asked if not one.startswith(icon) or "?" in one] == []
    assert hands.page.evaluate(kept) == before
    hands.close()


@pytest.mark.slow
def test_without_scripts_the_page_tells_how(demo: Demo, browser: Browser) -> None:
    hands = Hands(browser, demo.address, scripts=False)
    hands.as_(RESIDENT).go("/count?example")
    assert "照公开的轮次表往下看" in hands.text()
    assert not hands.page.locator("[data-ballot]").is_visible()
    hands.close()


@pytest.mark.slow
def test_with_gifts_the_script_counts_both_stages(browser: Browser) -> None:
    # Two want the gate at 20 and the bench at 14; a firm gives 14 for the bench and 2 for the gate.
    # A third wants the gate alone.
    election = approvals(30, (20, 14), {0, 1}, {0, 1}, {0})
    counted = count(election, [0, 1], Rule.SHARES_PLAIN, gifts={1: 14, 0: 2})
    named = [Named("1", "大门"), Named("2", "长椅")]
    shown = election_shown([counted], [explain(counted)], named, Money())
    parts = [
        render_to_string("yishi/count/rounds.html", {"count": shown["counts"][0]}),
        render_to_string("yishi/count/receipt.html", shown),
    ]
    page = browser.new_page()
    page.set_content("".join(parts))
    page.add_script_tag(content=SCRIPT.read_text("utf-8"))
    for chose in ({0}, {1}, {0, 1}):
        tick(page, chose)
        assert worked_out(page) == expected(counted, chose)
    page.close()
