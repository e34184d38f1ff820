"""Who may look at a photo."""

import pytest

from tests.acts.world import World
from tests.web.town import answered, published, signed_in
from yishi.records.models import Attachment

pytestmark = pytest.mark.django_db

SEE = {
    "王桂英": (200, 200),
    "网格员小陈": (200, 200),
    "社区小周": (200, 200),
    "分拨员老赵": (200, 200),
    "督查员老冯": (200, 200),
    "街道主任": (200, 200),
    "李建国": (404, 404),
    "水务小吴": (404, 404),
    "管理员": (404, 404),
    "审计员": (404, 404),
}


@pytest.mark.parametrize(("who", "seen"), SEE.items(), ids=list(SEE))
def test_a_photo_is_for_those_who_may_see_its_matter(
    world: World, who: str, seen: tuple[int, int]
) -> None:
    answered(world)
    photo = Attachment.objects.get(part="photo")
    proof = Attachment.objects.get(part="proof")
    client = signed_in(world, who)
    found = tuple(client.get(f"/photo/{row.uid}").status_code for row in (photo, proof))
    assert found == seen
    small = tuple(client.get(f"/photo/{row.uid}/small").status_code for row in (photo, proof))
    assert small == seen


def test_a_published_matter_still_keeps_its_photos(world: World, client) -> None:  # type: ignore[no-untyped-def]
    published(world, answered(world))
    photo = Attachment.objects.get(part="photo")
    assert client.get(f"/photo/{photo.uid}").status_code == 302
    assert signed_in(world, "李建国").get(f"/photo/{photo.uid}").status_code == 404


def test_a_photo_comes_as_what_it_is_and_stays_in_ones_own_browser(world: World) -> None:
    answered(world)
    photo = Attachment.objects.get(part="photo")
    answer = signed_in(world, "王桂英").get(f"/photo/{photo.uid}")
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, max-age=3600"
    assert answer.content.startswith(b"\xff\xd8")


def test_a_photo_nobody_has(world: World) -> None:
    assert signed_in(world, "王桂英").get("/photo/nothing").status_code == 404
