"""Every address is an act of the permit table; what comes from a library is named here."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.acts.world import World
from yishi.core.permit import ACTS

pytestmark = pytest.mark.django_db


def patterns(resolver: URLResolver, prefix: str = "") -> list[tuple[str, URLPattern]]:
    """Every address below a resolver, with its pattern."""
    found = []
    for entry in resolver.url_patterns:
        path = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            found += patterns(entry, path)
        else:
            found.append((path, entry))
    return found


ADDRESSES = sorted(patterns(get_resolver()), key=lambda pair: pair[0])


@pytest.mark.parametrize(("address", "pattern"), ADDRESSES, ids=[path for path, _ in ADDRESSES])
def test_an_address_names_an_act_of_the_permit_table(address: str, pattern: URLPattern) -> None:
    act = getattr(pattern.callback, "act", None)
    assert act in ACTS, f"{address} is not gated by an act of the table"


def test_there_are_addresses() -> None:
    assert len(ADDRESSES) > 30


@pytest.mark.parametrize(
    ("who", "status"),
    [(None, 302), ("王桂英", 403), ("分拨员老赵", 200)],
)
def test_a_visitor_signs_in_a_resident_is_refused_and_staff_enter(
    world: World, client: Client, who: str | None, status: int
) -> None:
    if who:
        client.force_login(world.people[who], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/cases").status_code == status
