"""The rules on voices and texts at a place; the shipped ones where none were adopted."""

from datetime import date
from functools import lru_cache

from yishi.core.voices import VoiceRules
from yishi.records.models import Place
from yishi.records.queries.lately import lately
from yishi.records.queries.rule import adopted, parsed
from yishi.rulebook import kinds
from yishi.rulebook.shipped import shipped_bundle


def voice_rules_at(place: Place, day: date) -> VoiceRules:
    """As of a minute ago at most. One query where nothing is remembered."""

    def read() -> VoiceRules:
        row = adopted(place, day, maybe=("voices",)).get("voices")
        found: VoiceRules = _shipped() if row is None else parsed(row)
        return found

    return lately("voices", (place.pk, day), read)


@lru_cache(maxsize=1)
def _shipped() -> VoiceRules:
    rules: VoiceRules = kinds.parse(shipped_bundle("voices", "standard"))
    return rules
