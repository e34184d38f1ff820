"""From a case to the board: redacted draft, review, sign-off by a third person, taking down."""

import pytest

from tests.acts.world import World
from tests.web.staff import Desk, at
from yishi.records.models import Case, Publication

WORDS = "我是王桂英，电话 13812345678，住 3栋502，楼下井盖不见了"


@pytest.fixture
def desk(world: World, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The small world at a Wednesday morning."""
    return Desk(world, at(monkeypatch))


def draft(desk: Desk, case: Case) -> None:
    desk.post("社区小周", case, "publish-draft", **desk.draft())


def test_the_draft_comes_redacted_by_rule(desk: Desk) -> None:
    case = desk.answered(WORDS)
    page = desk.get("社区小周", f"/cases/{case.uid}/publish-draft")
    form = page.split('<form class="form"')[1].split("</form>")[0]
    for secret in ("王桂英", "13812345678", "502"):
        assert secret not in form, secret
    assert "王某" in form


def test_four_kinds_are_never_public(desk: Desk) -> None:
    case = desk.answered("邻居吵架")
    for kind in ("dispute", "petition", "denunciation", "family"):
        typed = {**desk.draft(), "category": kind}
        answer = desk.send("社区小周", case, "publish-draft", **typed)
        assert answer.status_code == 422, kind
        assert "居民反映楼下井盖不见了" in answer.content.decode()
    assert Publication.objects.count() == 0


def test_three_people_publish(desk: Desk) -> None:
    case = desk.answered("井盖不见了")
    desk.post("分拨员老赵", case, "publish-draft", **desk.draft())
    assert desk.send("分拨员老赵", case, "publish-review").status_code == 422
    desk.post("督查员老冯", case, "publish-review")
    case.refresh_from_db()
    assert case.is_public is False
    desk.post("街道主任", case, "publish-sign-off")
    case.refresh_from_db()
    assert case.is_public is True


def test_a_second_draft_is_refused(desk: Desk) -> None:
    case = desk.answered("井盖不见了")
    draft(desk, case)
    assert desk.send("社区小周", case, "publish-draft", **desk.draft()).status_code == 422
    assert Publication.objects.count() == 1


def test_sign_off_before_review_is_refused(desk: Desk) -> None:
    case = desk.answered("井盖不见了")
    draft(desk, case)
    assert desk.send("街道主任", case, "publish-sign-off").status_code == 422


def test_taking_down_needs_a_ground(desk: Desk) -> None:
    case = desk.answered("井盖不见了")
    draft(desk, case)
    desk.post("分拨员老赵", case, "publish-review")
    desk.post("街道主任", case, "publish-sign-off")
    assert desk.send("社区小周", case, "publish-take-down", ground="").status_code == 422
    desk.post("社区小周", case, "publish-take-down", ground="居民要求撤下")
    case.refresh_from_db()
    row = Publication.objects.get()
    assert (case.is_public, row.state, row.ground) == (False, "taken_down", "居民要求撤下")
