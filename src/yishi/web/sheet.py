"""The one base of everything printed: paper, code, where it leads, and how it is checked.

`yishi/sheet.html` and `print.css` lay it out after GB/T 9704. At the foot stand the code of the
entry the sheet rests on (验真码) and that of the newest signed checkpoint: with either, a rewrite
of what came before it is found.
"""

from typing import Any

import segno
from django.http import HttpRequest
from django.urls import reverse

from yishi.phrases.form.common import Foot
from yishi.records.log import published
from yishi.records.models import Entry
from yishi.tlog.code import entry_code
from yishi.web.record import short_code

PAPERS = ("A4", "A3")


def foot_of(request: HttpRequest, entry: Entry | None) -> Foot:
    """The code of an entry and the page it leads to; the record itself where there is none yet."""
    numbered = entry is not None and entry.seq is not None
    page = reverse("record_entry", args=[entry.seq]) if entry and numbered else reverse("record")
    code = entry_code(entry.seq, bytes(entry.leaf)) if entry else ""
    return Foot(code, request.build_absolute_uri(page))


def sheet(
    back: str,
    *,
    foot: Foot | None = None,
    code: str = "",
    paper: str = "A4",
    wide: bool = False,
) -> dict[str, Any]:
    """The context `sheet` of `yishi/sheet.html`: `back` is where its reader came from, `code` its
    number. A sheet without a foot (a slip that is a secret) has no code and no picture of one.
    No statement; reads the end of the file of checkpoints.
    """
    made: dict[str, Any] = {
        "href": back,
        "page": f"{paper.lower()}-wide" if wide else paper.lower(),
        "wide": wide,
        "code": code,
    }
    if foot is None:
        return made
    return {
        **made,
        "verify": foot.check_code,
        "checkpoint": checkpoint(),
        "qr": qr(foot.address),
        "note": foot.address,
    }


def checkpoint() -> str:
    """The code of the newest signed checkpoint; empty before the first."""
    latest = published().latest()
    return short_code(latest[0]) if latest else ""


def qr(address: str, error: str = "m", **how: Any) -> str:
    """An image of a code that opens `address`."""
    return str(segno.make(address, error=error, micro=False).svg_data_uri(**{"border": 1, **how}))


def paper_asked(request: HttpRequest, usual: str) -> str:
    """The size of paper the address asks for, `usual` where it asks for none we have."""
    asked = request.GET.get("paper", "").upper()
    return asked if asked in PAPERS else usual
