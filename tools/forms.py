"""Builds the shipped Word templates of the forms into src/yishi/forms: `python -m tools.forms`.

The same layout gives the same bytes; a test builds them again and compares.
"""

import io
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from yishi.core.form import QR, ROWS, TAGS, Form, Tags
from yishi.core.form_layout import LAYOUTS, Layout, Line
from yishi.records.word import FOLDER, repacked
from yishi.records.word_page import (
    TITLE,
    WIDTH,
    add_grid,
    fill_cell,
    keep_whole,
    lay_page,
    repeat_row,
    set_styles,
    write_run,
)

LABEL, VALUE = 27, 51
KEY = re.compile(r"\{(\w+)\}")


def build(form: Form) -> bytes:
    """The template of one form."""
    layout, tags = LAYOUTS[form], TAGS[form]
    document = Document()
    lay_page(document, sideways=bool(layout.columns))
    set_styles(document)
    _title(document, layout)
    if layout.to:
        _paragraph(document, _tagged(layout.to, tags), indent=False)
    if layout.says:
        _paragraph(document, "".join(_sentence(words, tags) for words in layout.says))
    if layout.columns:
        _list(document, layout, tags)
    if layout.lines:
        _table(document, layout.lines, tags)
    for words in layout.answers:
        _paragraph(document, _sentence(words, tags))
    if layout.pictures:
        _pictures(document, layout, tags)
    for words in layout.closes:
        _paragraph(document, _sentence(words, tags), small=True)
    for words in (_tagged(layout.sign, tags), f"{{{{ {tags.words['signed_on']} }}}}"):
        _signature(document, words)
    _foot(document, tags, layout)
    _properties(document, layout)
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def _title(document: Any, layout: Layout) -> None:
    paragraph = document.paragraphs[0] if document.paragraphs else document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing = Pt(34)
    paragraph.paragraph_format.space_after = Pt(16)
    write_run(paragraph, layout.title, 22, TITLE)


def _paragraph(document: Any, words: str, *, indent: bool = True, small: bool = False) -> None:
    paragraph = document.add_paragraph()
    size = 12 if small else 16
    form = paragraph.paragraph_format
    if indent:
        form.first_line_indent = Pt(size * 2)
    form.line_spacing = Pt(18 if small else 26)
    form.space_before = form.space_after = Pt(4)
    write_run(paragraph, words, size)


def _signature(document: Any, words: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.left_indent = Mm(WIDTH / 2)
    paragraph.paragraph_format.keep_together = paragraph.paragraph_format.keep_with_next = True
    write_run(paragraph, words, 16)


def _table(document: Any, lines: Iterable[Line], tags: Tags) -> None:
    table = add_grid(document, (LABEL, VALUE, LABEL, VALUE))
    for line in lines:
        if line.optional:
            _only(table, f"{{%tr if {tags.words[line.keys[0]]} %}}")
        cells = table.add_row()
        cells.height = Mm(max(line.tall, 9))
        cells.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
        keep_whole(cells)
        wide = len(line.keys) == 1
        for at, key in enumerate(line.keys):
            label, value = cells.cells[2 * at], cells.cells[2 * at + 1]
            if wide:
                value = value.merge(cells.cells[3])
            fill_cell(label, tags.words[key], head=True)
            fill_cell(value, f"{{{{ {tags.words[key]} }}}}", middle=not line.tall)
        if line.optional:
            _only(table, "{%tr endif %}")


def _list(document: Any, layout: Layout, tags: Tags) -> None:
    table = add_grid(document, tuple(width for _key, width in layout.columns))
    head = table.add_row()
    repeat_row(head)
    for cell, (key, _width) in zip(head.cells, layout.columns, strict=True):
        fill_cell(cell, tags.rows[key], head=True, size=11)
    _only(table, f"{{%tr for 行 in {ROWS} %}}")
    row = table.add_row()
    keep_whole(row)
    for cell, (key, _width) in zip(row.cells, layout.columns, strict=True):
        fill_cell(cell, f"{{{{ 行.{tags.rows[key]} }}}}", size=11)
    _only(table, "{%tr endfor %}")


def _pictures(document: Any, layout: Layout, tags: Tags) -> None:
    gate = tags.pictures[layout.pictures[-1]]
    table = add_grid(document, tuple(WIDTH // 2 for _key in layout.pictures))
    _only(table, f"{{%tr if {gate} %}}")
    names, shown = table.add_row(), table.add_row()
    keep_whole(shown)
    for at, key in enumerate(layout.pictures):
        tag = tags.pictures[key]
        fill_cell(names.cells[at], tag, head=True)
        names.cells[at].paragraphs[0].paragraph_format.keep_with_next = True
        fill_cell(
            shown.cells[at], f"{{% for 照片 in {tag} %}}{{{{ 照片 }}}}{{% endfor %}}", picture=True
        )
    _only(table, "{%tr endif %}")


def _only(table: Any, words: str) -> None:
    """A row that is gone once the form is filled: it only opens or closes a condition."""
    row = table.add_row()
    row.cells[0].paragraphs[0].add_run(words)


def _foot(document: Any, tags: Tags, layout: Layout) -> None:
    footer = document.sections[0].footer
    width = 242 if layout.columns else WIDTH
    table = footer.add_table(1, 2, Mm(width))
    table.autofit = False
    for column, part in zip(table.columns, (26, width - 26), strict=True):
        column.width = column.cells[0].width = Mm(part)
    left, right = table.rows[0].cells
    left.paragraphs[0].paragraph_format.line_spacing = 1.0
    write_run(left.paragraphs[0], f"{{{{ {QR} }}}}", 10)
    lines = (
        f"编号　{{{{ {tags.words['number']} }}}}",
        f"验真码　{{{{ {tags.words['check_code']} }}}}",
        f"扫码或打开 {{{{ {tags.words['address']} }}}} 查验",
    )
    for at, words in enumerate(lines):
        paragraph = right.paragraphs[0] if at == 0 else right.add_paragraph()
        paragraph.paragraph_format.line_spacing = Pt(17)
        write_run(paragraph, words, 10.5)
    align = OxmlElement("w:vAlign")
    align.set(qn("w:val"), "center")
    right._element.get_or_add_tcPr().append(align)
    first = footer.paragraphs[0]._element
    first.getparent().remove(first)
    # Word wants a paragraph after a table.
    last = footer.add_paragraph()
    last.paragraph_format.line_spacing = Pt(1)


def _properties(document: Any, layout: Layout) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.comments = layout.title, "", ""
    properties.last_modified_by = ""


def _sentence(words: str, tags: Tags) -> str:
    """A sentence that is left out where one of its words is empty."""
    keys = [tags.words[key] for key in KEY.findall(words)]
    said = _tagged(words, tags)
    for tag in reversed(keys):
        said = f"{{% if {tag} %}}{said}{{% endif %}}"
    return said


def _tagged(words: str, tags: Tags) -> str:
    return KEY.sub(lambda found: f"{{{{ {tags.words[found[1]]} }}}}", words)


def main(folder: Path = FOLDER) -> int:
    """Writes every template; says which changed."""
    folder.mkdir(exist_ok=True)
    for form in Form:
        path, made = folder / f"{form}.docx", build(form)
        if not path.exists() or path.read_bytes() != made:
            path.write_bytes(made)
            print(path.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
