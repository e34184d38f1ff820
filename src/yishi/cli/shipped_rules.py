"""The rule files this version ships, taken into an installation; adopting them is a place's own."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yishi.records.models import Place
    from yishi.rulebook.load import Bundle


def load_shipped() -> "list[Bundle]":
    """Loads every shipped bundle and calendar that is not kept yet; the new ones of `ADOPTED`.

    Raises Fault with the refusal in words. Safe to repeat: the same bytes change nothing.
    """
    from yishi.acts import rule
    from yishi.cli.asking import ask_now, need
    from yishi.records.models import BundleRow, CalendarYear
    from yishi.rulebook.kinds import parse
    from yishi.rulebook.shipped import ADOPTED, shipped

    new = []
    for bundle in shipped():
        if bundle.kind == "calendar":
            if not CalendarYear.objects.filter(sha256=bundle.sha256).exists():
                need(rule.load_calendar(ask_now(), parse(bundle), bundle.sha256))
            continue
        if not BundleRow.objects.filter(kind=bundle.kind, sha256=bundle.sha256).exists():
            need(rule.load_bundle(ask_now(), bundle))
            if bundle.kind in ADOPTED:
                new.append(bundle)
    return new


def adopt_law() -> "list[tuple[Bundle, Place]]":
    """Where nobody has adopted any law yet, the shipped one holds from today: it is not chosen.

    Raises Fault with the refusal in words. Nothing to do where no district is set up.
    """
    from yishi.acts import rule
    from yishi.cli.asking import ask_now, need
    from yishi.records.models import Adoption, Place
    from yishi.records.queries.rule import LOCKED, today_of
    from yishi.rulebook.shipped import shipped

    place = Place.objects.filter(parent=None).first()
    if place is None or Adoption.objects.filter(kind=LOCKED).exists():
        return []
    law = [bundle for bundle in shipped() if bundle.kind == LOCKED]
    for bundle in law:
        ask = ask_now()
        need(rule.adopt(ask, place, bundle, today_of(ask.now)))
    return [(bundle, place) for bundle in law]
