"""Every text of a case that its page shows to those who may see it, in one statement.

What identifies whoever raised it is told apart, so that it can be cut out of the rest.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import connection

from yishi.core.number import show_number
from yishi.core.publication import PublicationState
from yishi.records.secret import open_text

# What somebody wrote, by its name in an entry; a reason is a code where a matter is refused.
WRITTEN = ("words", "answer", "result", "note", "why", "clause", "ground")
REASONED = frozenset({"case.return_asked", "case.extension_asked", "case.suspension_asked"})


@dataclass
class CaseTexts:
    """The texts of one case as they are shown. `heads`: numbers and the title of its item.

    `known`: names and phones of whoever raised it. `line`: ids of its places, from the district
    down. `public`: title, text and answer while they are on the board.
    """

    line: str = ""
    grid: int | None = None
    is_open: bool = False
    units: set[int] = field(default_factory=set)
    heads: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    public: tuple[str, str, str] | None = None
    drafted: bool = False

    @property
    def shown(self) -> list[str]:
        """All of them, the words before the names of places and units."""
        return _once((*self.heads, *self.words, *self.names))


def texts_of(case_ids: Sequence[int]) -> dict[int, CaseTexts]:
    """case id → its texts."""
    if not case_ids:
        return {}
    found = {case_id: CaseTexts() for case_id in case_ids}
    with connection.cursor() as cursor:
        cursor.execute(SQL % ", ".join(["%s"] * len(case_ids)), list(case_ids))
        for case_id, part, a, b, c, d in cursor.fetchall():
            _take(found[case_id], part, a or "", b or "", c or "", d or "")
    for texts in found.values():
        texts.heads, texts.words = _once(texts.heads), _once(texts.words)
        texts.names = _once(texts.names)
    return found


def _take(texts: CaseTexts, part: str, a: str, b: str, c: str, d: str) -> None:
    match part:
        case "case":
            texts.heads += [show_number(a), b]
            texts.words.append(c)
            texts.is_open = d == "open"
        case "place":
            texts.names += [a, b, c]
            texts.line = d
        case "report":
            texts.heads.append(show_number(a))
            texts.words += [b, c, d]
        case "person":
            texts.known |= {known for sealed in (a, b, c, d) for known in _known(sealed)}
        case "grid":
            texts.grid = int(a) if a else None
            texts.names += [b]
        case "work":
            texts.names.append(a)
            texts.words += [b, c]
            texts.units |= {int(d)} if d else set()
        case "told":
            texts.words += _written(a, b)
        case "publication":
            texts.words += [a, b, c]
            texts.drafted = True
            texts.public = (a, b, c) if d == PublicationState.PUBLISHED else None
        case "outside":
            texts.heads += [a]


def _known(sealed: str) -> Iterator[str]:
    known = open_text(sealed)
    if known.startswith("+86"):
        yield known.removeprefix("+86")
    if known:
        yield known


def _written(code: str, params: str) -> Iterator[str]:
    said = json.loads(params or "{}")
    for name in (*WRITTEN, *(("reason",) if code in REASONED else ())):
        if isinstance(text := said.get(name), str):
            yield text


def _once(texts: Iterable[str]) -> list[str]:
    """Each text once; one that is a part of a longer one is not told again."""
    found: list[str] = []
    for text in sorted({text.strip(): None for text in texts if text.strip()}, key=len)[::-1]:
        if not any(text in longer for longer in found):
            found.append(text)
    order = {text.strip(): at for at, text in reversed(list(enumerate(texts)))}
    return sorted(found, key=lambda text: order.get(text, 0))


SQL = """
WITH wanted AS (
    SELECT id, uid, number, item_title, line, is_open, state, place_id, building_id, grid_id,
           lead_id
    FROM records_case WHERE id IN (%s)
)
SELECT id, 'case', number, item_title, line, CASE WHEN is_open THEN 'open' ELSE '' END
FROM wanted
UNION ALL
SELECT c.id, 'place', p.name, above.name, b.name, p.line
FROM wanted c JOIN records_place p ON p.id = c.place_id
LEFT JOIN records_place above ON above.id = p.parent_id
LEFT JOIN records_building b ON b.id = c.building_id
UNION ALL
SELECT c.id, 'grid', CAST(c.grid_id AS text), l.name, '', ''
FROM wanted c LEFT JOIN records_body l ON l.id = c.lead_id
UNION ALL
SELECT c.id, 'report', r.number, r.words, r.spot, r.answer
FROM wanted c JOIN records_link k ON k.case_id = c.id AND k.until_at IS NULL
JOIN records_report r ON r.id = k.report_id
WHERE r.withdrawn_at IS NULL OR c.state = 'withdrawn'
UNION ALL
SELECT c.id, 'person', r.name, r.phone, p.name, p.phone
FROM wanted c JOIN records_link k ON k.case_id = c.id
JOIN records_report r ON r.id = k.report_id
LEFT JOIN records_person p ON p.id = r.person_id
UNION ALL
SELECT c.id, 'work', u.name, w.title, w.result,
       CASE WHEN w.ended_at IS NULL THEN CAST(w.unit_id AS text) ELSE '' END
FROM wanted c JOIN records_assignment w ON w.case_id = c.id
JOIN records_body u ON u.id = w.unit_id
UNION ALL
SELECT c.id, 'told', e.code, CAST(e.params AS text), '', ''
FROM wanted c JOIN records_entry e ON e.subject_uid = c.uid
UNION ALL
SELECT c.id, 'publication', p.title, p.text, p.answer, p.state
FROM wanted c JOIN records_publication p ON p.case_id = c.id
UNION ALL
SELECT c.id, 'outside', o.their_number, '', '', ''
FROM wanted c JOIN records_outsideorder o ON o.case_id = c.id
UNION ALL
SELECT c.id, 'outside', s.their_id, '', '', ''
FROM wanted c JOIN records_source s ON s.case_id = c.id
"""
