"""The parts of a Word file nobody vouches for: unpacked no further than an office's form may be."""

import io
import zipfile
import zlib

from yishi.core.refusal import Refusal
from yishi.records.word import WORD_TYPE

PARTS_MAX = 300
UNPACKED_MAX = 16_000_000
XML_MAX = 4_000_000
PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
MAIN = f"{WORD_TYPE}.main+xml"
TYPES = "[Content_Types].xml"


def unpacked(data: bytes) -> dict[str, bytes] | Refusal:
    """The parts of a Word file, by name.

    Refuses: `template_not_word`, `template_too_large` (a zip bomb; also one that says it is small).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            infos = packed.infolist()
            sizes = sum(info.file_size for info in infos)
            if len(infos) > PARTS_MAX or sizes > UNPACKED_MAX:
                return Refusal(
                    "template_too_large", UNPACKED_MAX // 1_000_000, -(-sizes // 1_000_000), "MB"
                )
            names = [info.filename for info in infos]
            odd = [name for name in names if name.startswith("/") or ".." in name.split("/")]
            if odd or len(set(names)) < len(names) or any(info.flag_bits & 1 for info in infos):
                return Refusal("template_not_word")
            if any(info.compress_type not in PACKED for info in infos):
                return Refusal("template_not_word")
            if not all(_says_its_size(packed, info) for info in infos):
                return Refusal("template_too_large", UNPACKED_MAX // 1_000_000, unit="MB")
            parts = {info.filename: packed.read(info) for info in infos}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError,
            ValueError):  # fmt: skip
        return Refusal("template_not_word")
    if MAIN.encode() not in parts.get(TYPES, b"") and b"macroEnabled" not in parts.get(TYPES, b""):
        return Refusal("template_not_word")
    big = [name for name in parts if is_xml(name) and len(parts[name]) > XML_MAX]
    if big:
        return Refusal("template_too_large", XML_MAX // 1_000_000, have=big[0], unit="MB")
    return parts


def _says_its_size(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    """Whether a part unpacks to no more than it says.

    `ZipFile.read` unpacks all there is and cuts afterwards, so a part that lies is a bomb.
    """
    if info.compress_type == zipfile.ZIP_STORED:
        return info.compress_size == info.file_size
    with packed.open(_as_stored(info)) as part:
        body = part.read()
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    size = len(unpacking.decompress(body, info.file_size + 1))
    return size <= info.file_size and not unpacking.unconsumed_tail


def _as_stored(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """The same part, to be read as it is packed."""
    raw = zipfile.ZipInfo(info.filename, info.date_time)
    raw.header_offset, raw.orig_filename = info.header_offset, info.orig_filename
    raw.flag_bits, raw.compress_type = info.flag_bits, zipfile.ZIP_STORED
    raw.compress_size = raw.file_size = info.compress_size
    return raw


def is_xml(name: str) -> bool:
    """Whether a part is named as XML."""
    return name.endswith((".xml", ".rels"))
