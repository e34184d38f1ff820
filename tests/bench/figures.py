"""Figures as a leader asks for them: remembered, after an act, narrowed, and read wholly anew."""

from collections.abc import Callable

from django.test import Client

from tests.acts.world import World
from yishi.records.models import Case, Entry
from yishi.records.queries.figures_book import forget
from yishi.records.wallclock import now

BACKEND = "django.contrib.auth.backends.ModelBackend"


def _getting(address: str, before: Callable[[World], None] = lambda world: None):  # type: ignore[no-untyped-def]
    """A prepared request; `before` happens each time and is measured with it."""

    def prepare(world: World) -> Callable[[int], object]:
        client = Client()
        client.force_login(world.people["街道主任"], backend=BACKEND)

        def request(index: int) -> object:
            before(world)
            response = client.get(address)
            assert response.status_code == 200, (address, response.status_code)
            return response

        return request

    return prepare


def _one_act(world: World) -> None:
    """A case is touched: as an act does, with an entry of the journal."""
    case = Case.objects.order_by("-id").values("uid").first()
    assert case is not None
    Entry.objects.create(
        uid=world.uid(),
        subject_kind="case",
        subject_uid=case["uid"],
        subject_no=Entry.objects.filter(subject_uid=case["uid"]).count() + 100,
        code="case.contacted",
        at=now(),
        leaf=b"{}",
    )


FIGURES = {
    "figures, this year": _getting("/figures?period=year"),
    "figures by unit, whole": _getting("/figures/by/unit"),
    "figures, a list": _getting("/figures/list?figure=overdue"),
    "figures, a list as xlsx": _getting("/figures/list.xlsx?figure=open"),
    "figures, after an act": _getting("/figures", _one_act),
    "figures, read anew": _getting("/figures", lambda world: forget()),
}
