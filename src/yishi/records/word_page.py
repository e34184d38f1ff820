"""What Word documents of ours share: page, faces, tables, after GB/T 9704.

It imports python-docx, so it is imported where a document is made, not when the server starts.
"""

from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TITLE, BODY, HEAD = "方正小标宋简体", "仿宋_GB2312", "黑体"
# What stands in where a machine lacks the face of the standard.
INSTEAD = {
    TITLE: "华文中宋,宋体,Noto Serif CJK SC",
    BODY: "仿宋,华文仿宋,Noto Serif CJK SC",
    HEAD: "微软雅黑,Noto Sans CJK SC",
}
WIDTH = 156
"""Millimetres between the margins of an upright page."""


def lay_page(document: Any, *, sideways: bool = False) -> None:
    """A4 with the margins of GB/T 9704, the text area 156 × 225 mm."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(10)
    if sideways:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.top_margin, section.bottom_margin = Mm(26), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(27)


def set_styles(document: Any) -> None:
    """Body text in a FangSong face of size 3, and what stands in where a machine lacks it."""
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


def write_run(paragraph: Any, words: str, size: float, face: str = BODY) -> None:
    """Words of one size in points and one face."""
    run = paragraph.add_run(words)
    run.font.size = Pt(size)
    _face(run._element.get_or_add_rPr(), face)


def add_grid(document: Any, widths: tuple[int, ...]) -> Any:
    """A table without rows, its columns so many millimetres wide."""
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


def fill_cell(
    cell: Any,
    words: str,
    *,
    head: bool = False,
    middle: bool = True,
    picture: bool = False,
    size: float = 14,
) -> None:
    """The words of a cell; a head is centred and in the face of heads."""
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.line_spacing = 1.0 if picture else Pt(size + 7)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if head or picture else WD_ALIGN_PARAGRAPH.LEFT
    properties = cell._element.get_or_add_tcPr()
    align = OxmlElement("w:vAlign")
    align.set(qn("w:val"), "center" if middle or head else "top")
    properties.append(align)
    write_run(paragraph, words, size, HEAD if head else BODY)


def keep_whole(row: Any) -> None:
    """The row is not broken between two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def repeat_row(row: Any) -> None:
    """The row stands at the head of every page of its table."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
