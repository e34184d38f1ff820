"""The numbers and words by which a case is handled, as a frozen value made from a rule file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from yishi.core.calendar import Span
from yishi.core.clock import ClockKind


@dataclass(frozen=True)
class Text:
    """Words shown to people. Chinese is required; English falls back to it."""

    zh: str
    en: str = ""

    def in_language(self, language: str) -> str:
        """The words in ``language`` (``en…`` is English, everything else Chinese)."""
        return self.en if language.startswith("en") and self.en else self.zh


class RuleLacks(Exception):
    """An act needs what the adopted version does not say yet. `part` names it."""

    def __init__(self, id: str, version: str, part: str) -> None:
        super().__init__(f"{id} {version} lacks {part}")
        self.id, self.version, self.part = id, version, part


@dataclass(frozen=True)
class CourseRules:
    """The numbers of returns, extensions, suspensions, urging, merging and splitting.

    ``return_window``: from signing; ``extension_share``: of the original limit at most;
    ``urge_every``: one urging in this time; ``breaches``: what a finding may be about.
    """

    return_window: Span
    extension_times: int
    extension_share: Fraction
    suspension_longest: Span
    suspension_times: int
    suspend_reasons: Mapping[str, Text]
    urge_every: Span
    merge_reports: int
    split_parts: int
    breaches: Mapping[str, Text]
    sample_cases: int


@dataclass(frozen=True)
class CaseRules:
    """How cases are handled where this version is adopted.

    ``clocks``: every ClockKind that has a length of its own (version 1 knows fewer);
    ``course`` is None for version 1. ``handle``: the limit by nature, used where the
    responsibility list gives none. ``urgent``: on site within. ``refuse_reasons``: the words
    shown to the resident, with a short name in ``refuse_names`` and a suggested route in
    ``refuse_routes`` under the same codes. ``sources``: where each number comes from, keyed
    as in the file (``clocks.sign``); ``ours`` marks a number of our own choosing.
    """

    id: str
    version: str
    sha256: str
    clocks: Mapping[ClockKind, Span]
    handle: Mapping[str, Span]
    urgent: Span
    amber: Fraction
    sample_share: Fraction
    archive_after: Span
    refuse_reasons: Mapping[str, Text]
    refuse_names: Mapping[str, Text]
    refuse_routes: Mapping[str, Text]
    natures: Mapping[str, Text]
    kinds: Mapping[str, Text]
    call_back_attempts: int
    order_after: int
    never_public: tuple[str, ...]
    never_public_names: Mapping[str, Text]
    axes: Mapping[str, Text]
    satisfaction: Mapping[str, Text]
    words_max: int
    photos_max: int
    photo_bytes_max: int
    photo_pixels_max: int
    sources: Mapping[str, str] = field(default_factory=dict)
    course: CourseRules | None = None

    def handle_span(self, nature: str) -> Span:
        """The handling limit for ``nature``; a complaint's where the nature is unknown.

        A matter nobody classified still needs a clock, and a complaint is the common case.
        """
        return self.handle.get(nature, self.handle["complaint"])
