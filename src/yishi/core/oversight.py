"""The affairs supervisory committee looks and writes; it orders nobody. Source: practice H12."""

from enum import StrEnum


class Way(StrEnum):
    """How the committee looked: by phone, on site, by asking those concerned. Source: H12."""

    PHONE = "phone"
    ON_SITE = "on_site"
    SURVEY = "survey"


class Found(StrEnum):
    """What it found: as the record says, partly, not."""

    AS_SAID = "as_said"
    PARTLY = "partly"
    NOT = "not"
