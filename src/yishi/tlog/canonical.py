"""Canonical JSON: one byte string for one value, so that a hash of it means something.

Source: RFC 8785 (JSON Canonicalization Scheme), restricted to what needs no floating point.
"""

import json

MAX_INTEGER = 2**53 - 1
"""Largest magnitude every JSON reader keeps exactly (RFC 7493, section 2.2)."""

MAX_DEPTH = 64
"""Nesting above this is refused, so that hostile input cannot exhaust the stack (`ours`)."""

Path = tuple[str | int, ...]


def canonical(value: object) -> bytes:
    """The one UTF-8 encoding of `value`: no spaces, keys by UTF-16 code units.

    Takes dict with str keys, list, str, int up to ±(2**53 - 1), bool and None, in any nesting
    up to 64 deep. Raises TypeError for any other type (a float, a tuple, a date), ValueError
    for an integer out of range, a lone surrogate or deeper nesting; each names the key path.
    Source: RFC 8785.
    """
    ordered = _ordered(value, ())
    # Separators and escapes of the standard encoder are those RFC 8785 asks for: two-character
    # escapes where JSON has them, lower-case \u00xx below U+0020, everything else as it is.
    return json.dumps(ordered, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def parse(data: bytes) -> object:
    """The value whose canonical form is exactly `data`.

    Raises ValueError when `data` is not UTF-8 JSON, holds a value `canonical` refuses, or is
    written in any other way than the canonical one (spaces, key order, repeated keys, -0).
    """
    try:
        value: object = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not JSON: {error}") from error
    try:
        again = canonical(value)
    except TypeError as error:
        raise ValueError(str(error)) from error
    if again != data:
        raise ValueError("not in canonical form (RFC 8785)")
    return value


def _ordered(value: object, path: Path) -> object:
    if isinstance(value, str):
        _refuse_surrogates(value, path)
        return value
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if not -MAX_INTEGER <= value <= MAX_INTEGER:
            raise ValueError(f"{_name(path)}: integer outside ±(2**53 - 1)")
        return value
    if len(path) >= MAX_DEPTH and isinstance(value, dict | list):
        raise ValueError(f"{_name(path)}: nested more than {MAX_DEPTH} deep")
    if isinstance(value, dict):
        for key in value:
            if not isinstance(key, str):
                raise TypeError(f"{_name(path)}: key of type {type(key).__name__}, not str")
            _refuse_surrogates(key, path)
        keys = sorted(value, key=_utf16)
        return {key: _ordered(value[key], (*path, key)) for key in keys}
    if isinstance(value, list):
        return [_ordered(item, (*path, at)) for at, item in enumerate(value)]
    raise TypeError(f"{_name(path)}: {type(value).__name__} has no canonical form here")


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be")


def _refuse_surrogates(text: str, path: Path) -> None:
    if text.isascii():
        return
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError(f"{_name(path)}: text with a lone surrogate") from None


def _name(path: Path) -> str:
    return "$" + "".join(f"[{part}]" if isinstance(part, int) else f".{part!s}" for part in path)
