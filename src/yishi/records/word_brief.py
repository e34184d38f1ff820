"""A brief as a Word document in the layout of official documents: opened, edited, printed.

python-docx is imported when a brief is made, not when the server starts. The same brief gives the
same bytes.
"""

import io
from typing import Any

from yishi.core.brief import Brief, Section, Sheet
from yishi.records.word import repacked


def write_brief(brief: Brief) -> bytes:
    """The document: title, sections, basis, signature, then each annex on a page of its own."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    from yishi.records.word_page import TITLE, lay_page, set_styles, write_run

    document = Document()
    lay_page(document)
    set_styles(document)
    title = document.paragraphs[0] if document.paragraphs else document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _space(title, 34, after=6)
    write_run(title, brief.title, 22, TITLE)
    under = document.add_paragraph()
    under.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _space(under, 26, after=12)
    write_run(under, brief.period, 14)
    for section in brief.sections:
        _section(document, section)
    for words in brief.basis:
        _say(document, words, 12)
    for words in (brief.issuer, brief.made_on):
        signed = document.add_paragraph()
        signed.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _space(signed, 28)
        write_run(signed, words, 16)
    for annex in brief.annexes:
        _section(document, annex, new_page=True)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = brief.title, "", ""
    properties.last_modified_by = ""
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def _section(document: Any, section: Section, *, new_page: bool = False) -> None:
    from yishi.records.word_page import HEAD, write_run

    heading = document.add_paragraph()
    heading.paragraph_format.keep_with_next = True
    heading.paragraph_format.page_break_before = new_page
    _space(heading, 28, before=6)
    write_run(heading, section.title, 16, HEAD)
    for words in section.says:
        _say(document, words, 16)
    for sheet in section.sheets:
        _sheet(document, sheet)


def _say(document: Any, words: str, size: int) -> None:
    from docx.shared import Pt

    from yishi.records.word_page import write_run

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Pt(2 * size)
    _space(paragraph, 28 if size > 12 else 20)
    write_run(paragraph, words, size)


def _sheet(document: Any, sheet: Sheet) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    from yishi.records.word_page import (
        HEAD,
        add_grid,
        fill_cell,
        keep_whole,
        repeat_row,
        write_run,
    )

    caption = document.add_paragraph()
    caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption.paragraph_format.keep_with_next = True
    _space(caption, 24, before=6)
    write_run(caption, sheet.title, 14, HEAD)
    table = add_grid(document, sheet.widths)
    head = table.add_row()
    repeat_row(head)
    for cell, words in zip(head.cells, sheet.heads, strict=True):
        fill_cell(cell, words, head=True, size=10.5)
    for words_of_row in sheet.rows:
        row = table.add_row()
        keep_whole(row)
        for at, (cell, words) in enumerate(zip(row.cells, words_of_row, strict=True)):
            fill_cell(cell, words, size=10.5)
            if at in sheet.numbers:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    after = document.add_paragraph()
    _space(after, 10)


def _space(paragraph: Any, line: float, *, before: float = 0, after: float = 0) -> None:
    from docx.shared import Pt

    form = paragraph.paragraph_format
    form.line_spacing, form.space_before, form.space_after = Pt(line), Pt(before), Pt(after)
