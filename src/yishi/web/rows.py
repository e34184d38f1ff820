"""Lists on a page: cases as queue rows, the page asked for, the pager below."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from yishi.core.number import show_number
from yishi.phrases.clock import say_clock
from yishi.phrases.instant import say_instant_marks
from yishi.phrases.state import say_state
from yishi.records.queries.groups import hot_bursts
from yishi.records.queries.paging import Listed


def case_rows(
    found: Iterable[Mapping[str, Any]],
    now: datetime,
    photos: Mapping[int, str] | None = None,
    here: str = "",
    keep: str = "",
) -> list[dict[str, Any]]:
    """The contexts of `pieces/rows.html` for rows of `case_list.ROW`.

    `here` is the uid of the case that is open beside the list; `keep` the query of the list.
    """
    found = list(found)
    hot = hot_bursts(now) if any(row["is_open"] for row in found) else {}
    shown = []
    for row in found:
        photo = (photos or {}).get(row["id"])
        shown.append(
            {
                "href": reverse("case", args=[row["uid"]])
                + (f"?{urlencode({'beside': keep})}" if keep else ""),
                "number": show_number(row["number"]),
                "line": row["line"] or row["item_title"] or _("Without words"),
                "place": _place(row),
                "holder": row["lead__name"] or "",
                "clock": say_clock(row["due_at"], row["amber_at"], now, row["due_kind"])
                if row["is_open"]
                else None,
                "marks": _marks(row, hot=row["id"] in hot),
                "photo": reverse("photo_small", args=[photo]) if photo else "",
                "here": row["uid"] == here,
            }
        )
    return shown


def page_in(query: QueryDict) -> int:
    """The page asked for; 1 for anything that is none."""
    return number_in(query, "page")


def number_in(query: QueryDict, name: str) -> int:
    """The page asked for of one of several lists; 1 for anything that is none."""
    asked = query.get(name, "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1


def pager_of(found: Listed, query: QueryDict, name: str = "page") -> dict[str, Any]:
    """The pager below a page of a list."""
    return pager(found.page, found.pages, found.total, query, name=name)


def pager(
    page: int,
    pages: int,
    total: int,
    query: QueryDict,
    capped: bool = False,
    name: str = "page",
) -> dict[str, Any]:
    """The context of `pieces/pager.html` for the addresses of this list; `name` is the page's
    parameter where an address holds several lists."""

    def address(number: int) -> str:
        if not 1 <= number <= pages:
            return ""
        asked = query.copy()
        asked[name] = str(number)
        return f"?{asked.urlencode()}"

    return {
        "page": page,
        "pages": pages,
        "prev": address(page - 1),
        "next": address(page + 1),
        "total": f"{total}+" if capped else total,
    }


def pictures(uids: Sequence[str], alt: str) -> list[dict[str, str]]:
    """Kept photos as `photos` of a piece: {href, thumb, alt}."""
    return [
        {
            "href": reverse("photo", args=[uid]),
            "thumb": reverse("photo_small", args=[uid]),
            "alt": alt,
        }
        for uid in uids
    ]


def _place(row: Mapping[str, Any]) -> str:
    return " · ".join(name for name in (row["place__name"], row["building__name"]) if name)


def _marks(row: Mapping[str, Any], *, hot: bool) -> list[dict[str, str]]:
    marks = [say_state(row["state"])]
    if hot and row["is_open"]:
        marks.append({"word": _("Hot spot"), "mark": "flag", "kind": "soon"})
    if row["instant_id"] is not None:
        marks += say_instant_marks(row["state"], row["answered_at"] == row["filed_at"])
    if row["urgent"]:
        marks.append({"word": _("Urgent"), "mark": "flag", "kind": "soon"})
    if row["dissatisfied"] and row["is_open"]:
        word = _("Not satisfied, %(times)s×") % {"times": row["dissatisfied"]}
        marks.append({"word": word, "mark": "flag", "kind": "soon"})
    if row["is_public"]:
        marks.append({"word": _("Public"), "mark": "board", "kind": ""})
    return marks
