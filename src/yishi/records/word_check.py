"""A Word template somebody sent in, read before it is kept: it may be laid out, it may not act.

Looked at in this order: its size, its zip, what it reaches for, its tags, and at last whether it
can be filled with sample words. Source: docs/decisions/0023-forms.md.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

from yishi.core.form import QR, ROWS, Tags
from yishi.core.refusal import Refusal
from yishi.records.word import fill_template, qr_png, sandbox
from yishi.records.word_parts import TYPES, is_xml, unpacked

BYTES_MAX = 2_000_000
# Far more than a form of several pages; tags without number would take minutes to fill.
TAGS_MAX = 2_000
ACTIVE_TYPES = re.compile(r"macroEnabled|vbaProject|oleObject|activeX|ms-office\.activeX")
# Parts that bring in another file, a program or a control.
ACTIVE_LINKS = frozenset(
    {
        "attachedTemplate",
        "oleObject",
        "aFChunk",
        "package",
        "control",
        "frame",
        "subDocument",
        "vbaProject",
        "mailMergeSource",
    }
)
ACTIVE_FIELDS = re.compile(
    r"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|MACROBUTTON|RD|EMBED)\b", re.I
)
WORD_XML = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAME = r"[^\W\d]\w*"
WORD_TAG = re.compile(rf"({NAME})(?:\.({NAME}))?")
FOR_TAG = re.compile(rf"for ({NAME}) in ({NAME})")
IF_TAG = re.compile(rf"(?:if|elif) (?:not )?({NAME})(?:\.({NAME}))?")
LOOP = frozenset({"index", "first", "last"})
PLAIN_TAGS = frozenset({"else", "endif"})


def check_template(data: bytes, tags: Tags) -> Refusal | None:
    """None where the office may use it as its form.

    Refuses: `file_too_large`, `template_not_word`, `template_too_large` (a zip bomb),
    `template_active` (macros, embedded files, links to other files; have: which),
    `template_tag_unknown` (need: the tags there are; have: the first one that is not),
    `template_tag_odd` (a tag that does more than name a word), `template_too_many_tags`,
    `template_breaks`.
    """
    if len(data) > BYTES_MAX:
        return Refusal("file_too_large", BYTES_MAX // 1_000_000, -(-len(data) // 1_000_000), "MB")
    parts = unpacked(data)
    if isinstance(parts, Refusal):
        return parts
    return _acts(parts) or _tags(data, parts, tags) or _breaks(data, tags)


def _acts(parts: dict[str, bytes]) -> Refusal | None:
    """What in it would reach outside, or run."""
    from lxml import etree

    found = ACTIVE_TYPES.search(parts[TYPES].decode("utf-8", "replace"))
    if found:
        return Refusal("template_active", have=found.group())
    for name, body in parts.items():
        if not is_xml(name):
            continue
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            root = etree.fromstring(body, parser)
        except etree.XMLSyntaxError:
            return Refusal("template_not_word")
        if root.getroottree().docinfo.doctype:
            return Refusal("template_active", have=f"{name}: DOCTYPE")
        if name == TYPES and not _named_as_typed(root):
            return Refusal("template_not_word")
        reaching = _reaching(root)
        if reaching:
            return Refusal("template_active", have=f"{name}: {reaching}")
    return None


def _named_as_typed(root: Any) -> bool:
    """Whether every part typed as XML is named so: a part under another name is not looked at."""
    for each in root.iter("{*}Override", "{*}Default"):
        name = each.get("PartName") or f".{each.get('Extension', '')}"
        if each.get("ContentType", "").lower().endswith("xml") and not is_xml(name):
            return False
    return True


def _reaching(root: Any) -> str:
    """The first link or field in a part that brings in something from elsewhere; "" for none."""
    for link in root.iter("{*}Relationship"):
        kind = link.get("Type", "").rpartition("/")[2]
        outside = link.get("TargetMode") == "External" and kind != "hyperlink"
        if outside or kind in ACTIVE_LINKS:
            return str(kind)
    fields = ["".join(root.itertext(f"{WORD_XML}instrText"))]
    fields += [each.get(f"{WORD_XML}instr", "") for each in root.iter(f"{WORD_XML}fldSimple")]
    found = ACTIVE_FIELDS.search(" ".join(fields))
    return found.group() if found else ""


def _tags(data: bytes, parts: dict[str, bytes], tags: Tags) -> Refusal | None:
    from jinja2 import TemplateError

    for name, body in parts.items():
        if name.startswith("docProps/") and (b"{{" in body or b"{%" in body):
            return Refusal("template_tag_odd", have=name)
    try:
        odd = _in_properties(data)
        if odd:
            return Refusal("template_tag_odd", have=odd)
        for source in _sources(data):
            wrong = _each_tag(source, tags)
            if wrong:
                return wrong
    except TemplateError as error:
        return Refusal("template_breaks", have=str(error.message)[:200])
    # docxtpl and python-docx meet a file that nobody vouches for: whatever they stumble over
    # means that it cannot be filled.
    except Exception as error:
        return Refusal("template_breaks", have=type(error).__name__)
    return None


def _in_properties(data: bytes) -> str:
    """The first property with a tag, as docxtpl reads them: wherever the part lies, however its
    signs are written. "" for none."""
    from docx import Document
    from docx.opc.coreprops import CoreProperties

    found = Document(io.BytesIO(data)).core_properties
    for name in (name for name in vars(CoreProperties) if not name.startswith("_")):
        value = getattr(found, name)
        if isinstance(value, str) and re.search(r"\{[{%#]", value):
            return value[:120]
    return ""


def _sources(data: bytes) -> Iterator[str]:
    """Every part in which docxtpl looks for tags, as it hands it to jinja2."""
    from docxtpl import DocxTemplate

    document = DocxTemplate(io.BytesIO(data))
    document.render_init()
    yield document.patch_xml(document.get_xml())
    for uri in (document.HEADER_URI, document.FOOTER_URI):
        for _key, part in document.get_headers_footers(uri):
            yield document.patch_xml(document.get_part_xml(part))
    for part in document.docx.part.package.parts:
        if part.content_type.endswith("wordprocessingml.footnotes+xml"):
            yield document.patch_xml(part.blob.decode("utf-8"))


def _each_tag(source: str, tags: Tags) -> Refusal | None:
    """The first tag of a part that names what there is not, or does more than it may."""
    words, lists = {*tags.words.values(), QR}, set(tags.pictures.values())
    if tags.rows:
        lists.add(ROWS)
    loop: tuple[str, str] | None = None
    for count, (kind, text) in enumerate(_tokens(source), 1):
        if count > TAGS_MAX:
            return Refusal("template_too_many_tags", TAGS_MAX)
        entered = FOR_TAG.fullmatch(text) if kind == "block" else None
        if entered:
            target, over = entered.groups()
            if over not in lists:
                return _unknown(over, words | lists)
            if loop is not None or target in words | lists | {"loop"}:
                return Refusal("template_tag_odd", have=f"{{% {text} %}}")
            loop = (target, over)
        elif kind == "block" and text == "endfor":
            loop = None
        elif kind == "block" and text in PLAIN_TAGS:
            continue
        else:
            named = (IF_TAG if kind == "block" else WORD_TAG).fullmatch(text)
            if named is None:
                return Refusal("template_tag_odd", have=_as_written(kind, text))
            wrong = _named(named.group(1), named.group(2), kind, loop, tags)
            if wrong:
                return wrong
    sandbox().parse(source)
    return None


def _named(
    name: str, part: str | None, kind: str, loop: tuple[str, str] | None, tags: Tags
) -> Refusal | None:
    """A word that is asked for: one of the form, or one of the row that is gone through."""
    words = {*tags.words.values(), QR}
    lists = {*tags.pictures.values(), *([ROWS] if tags.rows else [])}
    if loop is not None and name == "loop" and part in LOOP:
        return None
    if loop is not None and name == loop[0]:
        row = set(tags.rows.values()) if loop[1] == ROWS else set()
        if (part is None) == (loop[1] == ROWS) or (part is not None and part not in row):
            return _unknown(f"{name}.{part}" if part else name, {f"{name}.{tag}" for tag in row})
        return None
    if part is not None or not (name in words or (kind == "block" and name in lists)):
        return _unknown(f"{name}.{part}" if part else name, words | lists)
    return None


def _tokens(source: str) -> Iterator[tuple[str, str]]:
    """("word" or "block", its text with single spaces) of every tag; comments are left out."""
    open_: list[str] = []
    kind = ""
    for _line, piece, text in sandbox().lex(source):
        if piece in ("variable_begin", "block_begin"):
            open_, kind = [], "word" if piece == "variable_begin" else "block"
        elif piece in ("variable_end", "block_end"):
            yield kind, " ".join("".join(open_).split())
            kind = ""
        elif piece == "raw_begin":
            yield "block", "raw"
        elif kind:
            open_.append(text)


def _unknown(name: str, known: set[str]) -> Refusal:
    return Refusal("template_tag_unknown", need=tuple(sorted(known)), have=f"{{{{ {name} }}}}")


def _as_written(kind: str, text: str) -> str:
    short = text[:120]
    return f"{{% {short} %}}" if kind == "block" else f"{{{{ {short} }}}}"


def _breaks(data: bytes, tags: Tags) -> Refusal | None:
    """Whether it can be filled: every word with its own tag, every list with two rows."""
    values: dict[str, Any] = {**tags.words}
    values["rows"] = [dict(tags.rows), dict(tags.rows)]
    try:
        from docx import Document

        Document(io.BytesIO(fill_template(data, tags, values, {}, qr_png("1"))))
    # As above: whatever goes wrong here would go wrong with somebody's form.
    except Exception as error:
        return Refusal("template_breaks", have=str(error)[:200] or type(error).__name__)
    return None
