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
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from yishi.core.form import QR, ROWS, TAGS, Form, Tags
from yishi.core.form_layout import LAYOUTS, Layout, Line
from yishi.records.word import FOLDER, repacked

TITLE, BODY, HEAD = "方正小标宋简体", "仿宋_GB2312", "黑体"
# What stands in where a machine lacks the face of the standard.
INSTEAD = {
    TITLE: "华文中宋,宋体,Noto Serif CJK SC",
    BODY: "仿宋,华文仿宋,Noto Serif CJK SC",
    HEAD: "微软雅黑,Noto Sans CJK SC",
}
WIDTH = 156
LABEL, VALUE = 27, 51
KEY = re.compile(r"\{(\w+)\}")


def build(form: Form) -> bytes:
    """The template of one form."""
    layout, tags = LAYOUTS[form], TAGS[form]
    document = Document()
    _page(document, layout)
    _styles(document)
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


def _page(document: Any, layout: Layout) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(10)
    if layout.columns:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.top_margin, section.bottom_margin = Mm(26), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(27)


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    _face(normal.element.get_or_add_rPr(), BODY)
    normal.font.size = Pt(16)
    form = normal.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = Pt(28)
    # A long word in Latin letters may be broken anywhere, as it has to be in a narrow cell; dates
    # are written without a gap between figure and character. The schema wants this order.
    properties = normal.element.get_or_add_pPr()
    spacing = properties.find(qn("w:spacing"))
    for name in ("w:wordWrap", "w:autoSpaceDE", "w:autoSpaceDN"):
        none = OxmlElement(name)
        none.set(qn("w:val"), "0")
        spacing.addprevious(none)
    fonts = next(p for p in document.part.package.iter_parts() if "fontTable" in p.partname)
    known = "".join(
        f'<w:font w:name="{face}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{"swiss" if face == HEAD else "roman"}"/></w:font>'
        for face, other in INSTEAD.items()
    )
    fonts._blob = fonts.blob.replace(b"</w:fonts>", known.encode() + b"</w:fonts>")


def _face(properties: Any, face: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    for kind in ("ascii", "hAnsi", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), face)


def _run(paragraph: Any, words: str, size: float, face: str = BODY) -> None:
    run = paragraph.add_run(words)
    run.font.size = Pt(size)
    _face(run._element.get_or_add_rPr(), face)


def _title(document: Any, layout: Layout) -> None:
    paragraph = document.paragraphs[0] if document.paragraphs else document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing = Pt(34)
    paragraph.paragraph_format.space_after = Pt(16)
    _run(paragraph, layout.title, 22, TITLE)


def _paragraph(document: Any, words: str, *, indent: bool = True, small: bool = False) -> None:
    paragraph = document.add_paragraph()
    size = 12 if small else 16
    form = paragraph.paragraph_format
    if indent:
        form.first_line_indent = Pt(size * 2)
    form.line_spacing = Pt(18 if small else 26)
    form.space_before = form.space_after = Pt(4)
    _run(paragraph, words, size)


def _signature(document: Any, words: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.left_indent = Mm(WIDTH / 2)
    paragraph.paragraph_format.keep_together = paragraph.paragraph_format.keep_with_next = True
    _run(paragraph, words, 16)


def _table(document: Any, lines: Iterable[Line], tags: Tags) -> None:
    table = _grid(document, (LABEL, VALUE, LABEL, VALUE))
    for line in lines:
        if line.optional:
            _only(table, f"{{%tr if {tags.words[line.keys[0]]} %}}")
        cells = table.add_row()
        cells.height = Mm(max(line.tall, 9))
        cells.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
        _no_split(cells)
        wide = len(line.keys) == 1
        for at, key in enumerate(line.keys):
            label, value = cells.cells[2 * at], cells.cells[2 * at + 1]
            if wide:
                value = value.merge(cells.cells[3])
            _cell(label, tags.words[key], head=True)
            _cell(value, f"{{{{ {tags.words[key]} }}}}", middle=not line.tall)
        if line.optional:
            _only(table, "{%tr endif %}")


def _list(document: Any, layout: Layout, tags: Tags) -> None:
    table = _grid(document, tuple(width for _key, width in layout.columns))
    head = table.add_row()
    _repeat(head)
    for cell, (key, _width) in zip(head.cells, layout.columns, strict=True):
        _cell(cell, tags.rows[key], head=True, size=11)
    _only(table, f"{{%tr for 行 in {ROWS} %}}")
    row = table.add_row()
    _no_split(row)
    for cell, (key, _width) in zip(row.cells, layout.columns, strict=True):
        _cell(cell, f"{{{{ 行.{tags.rows[key]} }}}}", size=11)
    _only(table, "{%tr endfor %}")


def _pictures(document: Any, layout: Layout, tags: Tags) -> None:
    gate = tags.pictures[layout.pictures[-1]]
    table = _grid(document, tuple(WIDTH // 2 for _key in layout.pictures))
    _only(table, f"{{%tr if {gate} %}}")
    names, shown = table.add_row(), table.add_row()
    _no_split(shown)
    for at, key in enumerate(layout.pictures):
        tag = tags.pictures[key]
        _cell(names.cells[at], tag, head=True)
        names.cells[at].paragraphs[0].paragraph_format.keep_with_next = True
        _cell(
            shown.cells[at], f"{{% for 照片 in {tag} %}}{{{{ 照片 }}}}{{% endfor %}}", picture=True
        )
    _only(table, "{%tr endif %}")


def _grid(document: Any, widths: tuple[int, ...]) -> Any:
    table = document.add_table(rows=0, cols=len(widths))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "57")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def _only(table: Any, words: str) -> None:
    """A row that is gone once the form is filled: it only opens or closes a condition."""
    row = table.add_row()
    row.cells[0].paragraphs[0].add_run(words)


def _cell(
    cell: Any,
    words: str,
    *,
    head: bool = False,
    middle: bool = True,
    picture: bool = False,
    size: float = 14,
) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.line_spacing = 1.0 if picture else Pt(size + 7)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if head or picture else WD_ALIGN_PARAGRAPH.LEFT
    properties = cell._element.get_or_add_tcPr()
    align = OxmlElement("w:vAlign")
    align.set(qn("w:val"), "center" if middle or head else "top")
    properties.append(align)
    _run(paragraph, words, size, HEAD if head else BODY)


def _no_split(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _repeat(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _foot(document: Any, tags: Tags, layout: Layout) -> None:
    footer = document.sections[0].footer
    width = 242 if layout.columns else WIDTH
    table = footer.add_table(1, 2, Mm(width))
    table.autofit = False
    for column, part in zip(table.columns, (26, width - 26), strict=True):
        column.width = column.cells[0].width = Mm(part)
    left, right = table.rows[0].cells
    left.paragraphs[0].paragraph_format.line_spacing = 1.0
    _run(left.paragraphs[0], f"{{{{ {QR} }}}}", 10)
    lines = (
        f"编号　{{{{ {tags.words['number']} }}}}",
        f"验真码　{{{{ {tags.words['check_code']} }}}}",
        f"扫码或打开 {{{{ {tags.words['address']} }}}} 查验",
    )
    for at, words in enumerate(lines):
        paragraph = right.paragraphs[0] if at == 0 else right.add_paragraph()
        paragraph.paragraph_format.line_spacing = Pt(17)
        _run(paragraph, words, 10.5)
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
