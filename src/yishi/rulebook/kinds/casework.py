"""Kind ``casework``: clocks, ways out, natures and limits of size for handling matters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yishi.core.caserules import CaseRules, CourseRules, Text
from yishi.core.clock import ClockKind
from yishi.rulebook.load import Bundle
from yishi.rulebook.problem import MISSING, UNKNOWN_KEY, At
from yishi.rulebook.schema import (
    HEADER,
    ListOf,
    MapOf,
    Number,
    Share,
    Sourced,
    SpanField,
    Table,
    TextField,
    Words,
)

# HANDLE has a length for each nature; SUSPEND and OUTSIDE run to a moment somebody names.
_WITHOUT_LENGTH = (ClockKind.HANDLE, ClockKind.SUSPEND, ClockKind.OUTSIDE)
CLOCKS = tuple(kind.value for kind in ClockKind if kind not in _WITHOUT_LENGTH)
# Version 1 of the shipped rules was adopted before these acts existed, and must stay readable.
SINCE_2 = frozenset({ClockKind.RETURN, ClockKind.RULING, ClockKind.REQUEST})
NAMED = ListOf(Table({"code": Words(), "name": TextField()}), unique="code")
COURSE = Table(
    {
        "return_window": SpanField(),
        "extension_times": Number(most=5),
        "extension_share": Share(),
        "suspension_longest": SpanField(),
        "suspension_times": Number(most=10),
        "urge_every": SpanField(),
        "merge_reports": Number(most=150),
        "split_parts": Number(most=20),
        "sample_cases": Number(most=100),
        "suspend": NAMED,
        "breaches": NAMED,
    },
    optional=True,
)
NEEDED_NATURE = "complaint"
FILE = Table(
    {
        **HEADER,
        "clocks": Table({code: SpanField(optional=code in SINCE_2) for code in CLOCKS}),
        "course": COURSE,
        "handle": MapOf(SpanField()),
        "urgent": SpanField(),
        "amber": Share(),
        "sample": Share(),
        "archive_after": SpanField(),
        "call_back": Table({"attempts": Number(most=20), "order_after": Number(most=20)}),
        "sizes": Table(
            {
                "words": Number(most=20_000),
                "photos": Number(most=50),
                "photo_bytes": Number(most=50_000_000),
                "photo_pixels": Number(most=200_000_000),
            }
        ),
        "refuse": ListOf(
            Table(
                {
                    "code": Words(),
                    "name": TextField(),
                    "words": TextField(),
                    "route": TextField(),
                    "source": Words(),
                }
            ),
            unique="code",
        ),
        "natures": NAMED,
        "kinds": NAMED,
        "never_public": NAMED,
        "axes": NAMED,
        "satisfaction": NAMED,
    }
)


def case_rules(bundle: Bundle) -> CaseRules:
    """The case rules of a ``casework`` bundle. Raises RuleFileError."""
    at = At(bundle.file)
    data = FILE.check(bundle.data, at)
    natures = _named(data["natures"])
    _must_match(at.under("handle"), data["handle"], natures)
    handle: Mapping[str, Sourced] = data["handle"]
    sizes: Mapping[str, Sourced] = data["sizes"]
    return CaseRules(
        id=bundle.id,
        version=bundle.version,
        sha256=bundle.sha256,
        clocks={ClockKind(code): span.value for code, span in data["clocks"].items() if span},
        handle={nature: span.value for nature, span in handle.items()},
        urgent=data["urgent"].value,
        amber=data["amber"].value,
        sample_share=data["sample"].value,
        archive_after=data["archive_after"].value,
        refuse_reasons={way["code"]: way["words"] for way in data["refuse"]},
        refuse_names={way["code"]: way["name"] for way in data["refuse"]},
        refuse_routes={way["code"]: way["route"] for way in data["refuse"]},
        natures=natures,
        kinds=_named(data["kinds"]),
        call_back_attempts=data["call_back"]["attempts"].value,
        order_after=data["call_back"]["order_after"].value,
        never_public=tuple(entry["code"] for entry in data["never_public"]),
        never_public_names=_named(data["never_public"]),
        axes=_named(data["axes"]),
        satisfaction=_named(data["satisfaction"]),
        words_max=sizes["words"].value,
        photos_max=sizes["photos"].value,
        photo_bytes_max=sizes["photo_bytes"].value,
        photo_pixels_max=sizes["photo_pixels"].value,
        sources=dict(_sources("", data)),
        course=_course(data["course"]) if data["course"] else None,
    )


def _course(data: Mapping[str, Any]) -> CourseRules:
    numbers = {
        key: entry.value for key, entry in data.items() if key not in ("suspend", "breaches")
    }
    return CourseRules(
        **numbers, suspend_reasons=_named(data["suspend"]), breaches=_named(data["breaches"])
    )


def _named(entries: tuple[Mapping[str, Any], ...]) -> dict[str, Text]:
    return {entry["code"]: entry["name"] for entry in entries}


def _must_match(at: At, handle: Mapping[str, Any], natures: Mapping[str, Text]) -> None:
    """Every nature has a limit, and there is no limit for a nature that does not exist."""
    for nature in (*natures, NEEDED_NATURE):
        if nature not in handle:
            raise at.under(nature).error(MISSING, allowed=tuple(natures))
    for nature in handle:
        if nature not in natures:
            raise at.under(nature).error(UNKNOWN_KEY, allowed=tuple(natures))


def _sources(prefix: str, data: Mapping[str, Any]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in data.items():
        name = f"{prefix}.{key}" if prefix else key
        if isinstance(value, Sourced):
            found.append((name, value.source))
        elif isinstance(value, Mapping):
            found += _sources(name, value)
    return [*found, *(("refuse." + way["code"], way["source"]) for way in data.get("refuse", ()))]
