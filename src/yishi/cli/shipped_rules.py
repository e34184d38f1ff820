"""The rule files this version ships, taken into an installation; adopting them is a place's own."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
