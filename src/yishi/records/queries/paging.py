"""Every list is paged: one page of rows, and how many there are."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

SIZE = 50


@dataclass(frozen=True)
class Listed:
    """One page of a list: its rows, which page of how many, and how many rows in all."""

    rows: list[dict[str, Any]]
    page: int
    pages: int
    total: int


def listed(
    rows: "QuerySet[Any, Any]", page: int, size: int = SIZE, most: int | None = None
) -> Listed:
    """Page `page` (from 1) of `rows`, a query of `values()`; two statements. A page past the end
    is the last one. Rows past the first `most` are not counted and not shown.
    """
    total = (rows if most is None else rows.order_by()[:most]).count()
    page, pages = page_within(page, total, size)
    return Listed(list(rows[(page - 1) * size : page * size]), page, pages, total)


def page_within(page: int, total: int, size: int) -> tuple[int, int]:
    """(page, pages): the page asked for, or the nearest there is, and how many there are."""
    pages = max(1, -(-total // size))
    return min(max(1, page), pages), pages


def plain(rows: Any) -> list[dict[str, Any]]:
    """Rows of a `values()` query as plain dicts."""
    return [dict(row) for row in rows]
