"""A form's words where its layout puts them, for the printed sheet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yishi.core.form import TAGS, Form
from yishi.core.form_layout import LAYOUTS
from yishi.phrases.form import Filled

KEY = re.compile(r"\{(\w+)\}")
# More signs than this are set smaller, so that they may stand on one page.
DENSE = 420


@dataclass(frozen=True)
class Laid:
    """What `form/sheet.html` shows, part by part. `lines`: label, word and height in pairs."""

    title: str
    to: str
    says: str
    lines: tuple[tuple[dict[str, Any], ...], ...]
    answers: tuple[str, ...]
    pictures: tuple[dict[str, Any], ...]
    closes: tuple[str, ...]
    columns: tuple[tuple[str, int], ...]
    dense: bool
    rows: tuple[tuple[str, ...], ...]
    sign: tuple[str, ...]


def lay_out(form: Form, filled: Filled) -> Laid:
    """The sheet of a form, its empty sentences and optional lines left out."""
    layout, tags, values = LAYOUTS[form], TAGS[form], filled.values
    rows: Any = values.get("rows", ())
    return Laid(
        title=layout.title,
        to=_said(layout.to, values),
        says="".join(_said(words, values) for words in layout.says),
        lines=tuple(
            tuple(
                {"label": tags.words[key], "word": values[key], "tall": line.tall}
                for key in line.keys
            )
            for line in layout.lines
            if not line.optional or values[line.keys[0]]
        ),
        answers=tuple(
            part for words in layout.answers for part in _said(words, values).split("\n") if part
        ),
        pictures=tuple(
            {"label": tags.pictures[key], "files": filled.pictures[key]} for key in layout.pictures
        )
        if filled.pictures.get("after")
        else (),
        closes=layout.closes,
        columns=tuple((tags.rows[key], width) for key, width in layout.columns),
        dense=sum(len(str(values[key])) for key in tags.words) > DENSE,
        rows=tuple(tuple(row[key] for key, _width in layout.columns) for row in rows),
        sign=tuple(filter(None, (_said(layout.sign, values), str(values["signed_on"])))),
    )


def _said(words: str, values: Mapping[str, object]) -> str:
    """A sentence with its words; empty where one of them is."""
    if any(not values[key] for key in KEY.findall(words)):
        return ""
    return KEY.sub(lambda found: str(values[found[1]]), words)
