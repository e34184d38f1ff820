"""Word files filled from a template: sandboxed, escaped, the same bytes for the same words.

docxtpl and what it brings are imported when a form is asked for, not when the server starts.
Source: docs/decisions/0023-forms.md.
"""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import segno
from PIL import Image

from yishi.core.form import QR, ROWS, Form, Tags

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).resolve().parent.parent / "forms"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Enough for a picture seven centimetres wide in print.
SIDE = 1000
WIDTH_MM, HEIGHT_MM, QR_MM = 70, 46, 22
EPOCH = (1980, 1, 1, 0, 0, 0)


def shipped_template(form: Form) -> bytes:
    """The template that comes with the product."""
    return (FOLDER / f"{form}.docx").read_bytes()


def fill_template(
    template: bytes,
    tags: Tags,
    values: Mapping[str, Any],
    pictures: Mapping[str, Sequence[bytes]],
    qr: bytes,
) -> bytes:
    """The template with its tags filled. `values` and `pictures` by key, `qr` a PNG.

    A picture that cannot be read is left out. Raises what jinja2 and python-docx raise where the
    template was not checked before.
    """
    from docx.shared import Mm
    from docxtpl import DocxTemplate, InlineImage

    document = DocxTemplate(io.BytesIO(template))

    def image(data: bytes, width: float) -> Any:
        return InlineImage(document, io.BytesIO(data), width=Mm(width))

    context: dict[str, Any] = {tag: values[key] for key, tag in tags.words.items()}
    context[QR] = image(qr, QR_MM)
    for key, tag in tags.pictures.items():
        shown = [scaled(data) for data in pictures.get(key, ())]
        context[tag] = [image(data, width) for data, width in filter(None, shown)]
    if tags.rows:
        context[ROWS] = [
            {tag: row[key] for key, tag in tags.rows.items()} for row in values["rows"]
        ]
    document.render(context, sandbox(), autoescape=True)
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def sandbox() -> "Environment":
    """Where a template is filled: nothing of Python is reached, an unknown name is an error."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def qr_png(text: str) -> bytes:
    """The code a phone reads, as a picture."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=8, border=1)
    return out.getvalue()


def scaled(data: bytes) -> tuple[bytes, float] | None:
    """A JPEG small enough to send, and how wide it is shown in mm; None where it is none."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as picture:
            picture.draft("RGB", (SIDE, SIDE))
            small = picture.convert("RGB")
    except OSError:
        return None
    small.thumbnail((SIDE, SIDE))
    out = io.BytesIO()
    small.save(out, "JPEG", quality=80)
    return out.getvalue(), min(WIDTH_MM, HEIGHT_MM * small.width / small.height)


def repacked(data: bytes) -> bytes:
    """The same parts in the same order without the time they were packed at."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return zipped((info.filename, packed.read(info)) for info in packed.infolist())


def zipped(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Parts in a zip, each at the same moment."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in parts:
            packed.writestr(zip_info(name), body)
    return out.getvalue()


def zip_info(name: str) -> zipfile.ZipInfo:
    """An entry of a zip that says nothing of the machine or the moment it was made."""
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    info.create_system = 3
    return info
