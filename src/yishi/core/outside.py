"""The line to a higher system (12345, a district platform): what an order must hold.

An order comes by spreadsheet or by JSON and is read into one value, so that the same order is the
same whichever way it came. Nothing is guessed: what cannot be read is refused with the name of
the field, or of their column.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from yishi.core.case.intake import SPOT_MAX, Filing, check_filing, iso
from yishi.core.case.now import Terms
from yishi.core.case.state import CaseState
from yishi.core.clock import ClockKind
from yishi.core.columns import ColumnMap, read_row
from yishi.core.outcome import Advanced, Event
from yishi.core.phone import read_phone
from yishi.core.refusal import Refusal

NUMBER_MAX = 60
PLACE_MAX = 60
NAME_MAX = 40
WORDS_MAX = 2_000
SYSTEM_NAME_MAX = 80
KEY_BYTES = 32
# How a moment is written, for whoever wrote none.
EXAMPLE = datetime(2026, 3, 20, 17, 0, tzinfo=UTC)
YEARS = range(2000, 2100)
REQUIRED = ("number", "words", "nature", "due_at")
# What an order may say, and how long each may be.
LONGEST = {
    "number": NUMBER_MAX,
    "words": WORDS_MAX,
    "nature": 20,
    "due_at": 40,
    "street": PLACE_MAX,
    "community": PLACE_MAX,
    "address": SPOT_MAX,
    "name": NAME_MAX,
    "phone": 30,
}
ORDER_FIELDS = tuple(LONGEST)

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")
_OTHER_PHONE = re.compile(r"[0-9+() -]{5,24}")
# Signs nobody types; as in a form, they count as absent.
_UNSEEN = {
    sign: None
    for sign in (*range(0x20), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
    if chr(sign) not in "\n\t"
}


@dataclass(frozen=True, slots=True)
class Order:
    """One order of theirs. `due_at` is UTC; `street`, `community`, `address` as they call it."""

    number: str
    words: str
    nature: str
    due_at: datetime
    street: str = ""
    community: str = ""
    address: str = ""
    name: str = ""
    phone: str = ""

    def digest(self) -> str:
        """SHA-256, in hex, of all it says. Another digest for the same number is a change."""
        said = asdict(self) | {"due_at": self.due_at.isoformat()}
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def read_order(
    cells: Mapping[str, object],
    zone: tzinfo,
    time_format: str = "",
    columns: Mapping[str, str] | None = None,
) -> Order | Refusal:
    """An order out of cells under our names; `columns` is what they call each.

    Moments without a zone are in `zone`; a day alone ends with that day. A mobile number is kept
    in one form, a fixed line as it is written, one with stars (which nobody can ring) not at all.
    Refused, each naming the field: `field_unknown`, `field_not_text`, `cell_required`,
    `cell_too_long`, `cell_not_time`, `phone_unreadable`.
    """
    called = columns or {}
    texts: dict[str, str] = {}
    for field, cell in cells.items():
        column = called.get(field, field)
        if field not in LONGEST:
            return Refusal("field_unknown", ORDER_FIELDS, str(field)[:40], column)
        text = cell_words(cell)
        if text is None:
            return Refusal("field_not_text", have=field, unit=column)
        texts[field] = text if field == "words" else " ".join(text.split())
    for field in REQUIRED:
        if not texts.get(field):
            return Refusal("cell_required", need=called.get(field, field))
    for field, longest in LONGEST.items():
        long = len(texts.get(field, ""))
        if long > longest:
            return Refusal("cell_too_long", longest, long, called.get(field, field))
    due_at = _moment(texts["due_at"], zone, time_format)
    if due_at is None:
        shown = EXAMPLE.strftime(time_format or "%Y-%m-%d %H:%M")
        return Refusal("cell_not_time", shown, texts["due_at"], called.get("due_at", "due_at"))
    phone = _phone(texts.get("phone", ""))
    if phone is None:
        return Refusal("phone_unreadable", have=texts["phone"], unit=called.get("phone", "phone"))
    return Order(**{**texts, "due_at": due_at, "phone": phone})  # type: ignore[arg-type]


def read_row_of_orders(
    row: Mapping[str, object], columns: ColumnMap, zone: tzinfo
) -> Order | Refusal:
    """The same from one row of their sheet, by the map that reads it. Refused also as
    :func:`yishi.core.columns.read_row`."""
    cells = read_row({column: cell_words(cell) or "" for column, cell in row.items()}, columns)
    if isinstance(cells, Refusal):
        return cells
    known = {field: cell for field, cell in cells.items() if field in LONGEST}
    return read_order(known, zone, columns.time_format, columns.columns)


def columns_lacking(header: Iterable[str], columns: ColumnMap) -> Refusal | None:
    """Refused `columns_missing` (need: the columns no order can do without)."""
    present = {name.strip() for name in header}
    needed = tuple(columns.columns[field] for field in REQUIRED)
    missing = tuple(name for name in needed if name not in present)
    return Refusal("columns_missing", missing, tuple(sorted(present))) if missing else None


def check_system(code: str, name: str, public_key: str) -> Refusal | None:
    """What is wrong with a system to be added, the first thing first.

    Refusals: `system_code_wrong` (letters, digits and dashes, at most 40), `system_name_missing`,
    `title_too_long`, `public_key_wrong` (no 32 bytes in base64).
    """
    if not _CODE.fullmatch(code):
        return Refusal("system_code_wrong", have=code[:40])
    if not name.strip():
        return Refusal("system_name_missing")
    if len(name) > SYSTEM_NAME_MAX:
        return Refusal("title_too_long", SYSTEM_NAME_MAX, len(name), "characters")
    if public_key and read_key(public_key) is None:
        return Refusal("public_key_wrong")
    return None


def read_key(public_key: str) -> bytes | None:
    """The 32 bytes of an Ed25519 public key in base64; None where it is none."""
    try:
        raw = base64.b64decode(public_key, validate=True)
    except ValueError:
        return None
    return raw if len(raw) == KEY_BYTES else None


def receive(
    order: Order,
    filing: Filing,
    system: str,
    terms: Terms,
    now: datetime,
    channels: Mapping[str, object],
) -> Advanced | Refusal:
    """An order becomes a matter: the intake clock starts, and beside it one for their deadline.

    Their deadline is theirs: no return, suspension or extension of ours moves it, and a deadline
    that is past already is late from the first moment. Refuses as `check_filing`.
    """
    missing = check_filing(filing, terms, channels)
    if missing:
        return missing
    intake = terms.start(ClockKind.INTAKE, now)
    return Advanced(
        state=CaseState.SUBMITTED,
        part="filed_for",
        event=Event(
            "outside.received",
            params={
                "system": system,
                "their_number": order.number,
                "due": iso(order.due_at),
                "channel": filing.channel,
            },
            facts={"channel": filing.channel, "nature": filing.nature},
        ),
        starts=(intake, terms.until(ClockKind.OUTSIDE, now, order.due_at)),
    )


def cell_words(cell: object) -> str | None:
    """A cell as its reader sees it; None for what is no text, number or moment."""
    if cell is None:
        return ""
    if isinstance(cell, bool | list | dict):
        return None
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).replace("\r\n", "\n").replace("\r", "\n").translate(_UNSEEN).strip()
    try:
        text.encode()
    except UnicodeEncodeError:
        return None
    return text


def _moment(text: str, zone: tzinfo, time_format: str) -> datetime | None:
    """The moment, in UTC; a day alone is the first moment after it."""
    try:
        read = _written(text, time_format)
    except ValueError:
        return None
    if read is None or read.year not in YEARS:
        return None
    return (read if read.tzinfo else read.replace(tzinfo=zone)).astimezone(UTC)


def _written(text: str, time_format: str) -> datetime | None:
    if time_format:
        try:
            return datetime.strptime(text, time_format)  # noqa: DTZ007 - the zone follows
        except ValueError:
            pass  # a spreadsheet hands a moment over in its own way
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return datetime.fromisoformat(text)
    if day.year not in YEARS:
        return None
    return datetime.combine(day + timedelta(days=1), datetime.min.time())


def _phone(text: str) -> str | None:
    """None where it is no number at all."""
    if not text or "*" in text:
        return ""
    phone = read_phone(text)
    if not isinstance(phone, Refusal):
        return phone
    return text if _OTHER_PHONE.fullmatch(text) else None
