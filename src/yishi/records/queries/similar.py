"""The numbers by which similar matters are offered at a place."""

from datetime import date

from yishi.core.similar import SimilarRules
from yishi.records.models import Place
from yishi.records.queries.rule import adopted, parsed


def similar_rules(place: Place, day: date) -> SimilarRules | None:
    """The rules in force at `place` on `day`; None where none are adopted: nothing is offered.
    One statement."""
    row = adopted(place, day, maybe=("similar",)).get("similar")
    return parsed(row) if row else None
