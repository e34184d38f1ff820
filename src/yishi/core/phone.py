"""Mobile phones and names: reading what people type, showing no more than is needed."""

from yishi.core.refusal import Refusal

PREFIX = "+86"
LENGTH = 11
_SEPARATORS = str.maketrans("", "", " -\u00a0\u3000\u2010\u2011\u2013()（）")
_WIDE = str.maketrans("０１２３４５６７８９＋", "0123456789+")


def read_phone(text: str) -> str | Refusal:
    """A mainland mobile number in international form, such as `+8613812345678`.

    Takes 138 1234 5678 with spaces, dashes, full-width digits, and 86, +86 or 0086 before it.
    Refuses everything else with `phone_unreadable`; `have` is how many digits were found.
    """
    plain = text.translate(_WIDE).translate(_SEPARATORS)
    for prefix in ("+86", "0086", "86"):
        if plain.startswith(prefix) and len(plain) == len(prefix) + LENGTH:
            plain = plain.removeprefix(prefix)
            break
    if (
        len(plain) == LENGTH
        and plain.isascii()
        and plain.isdigit()
        and plain[0] == "1"
        and plain[1] in "3456789"
    ):
        return PREFIX + plain
    found = sum(char.isdigit() for char in plain)
    return Refusal("phone_unreadable", need=LENGTH, have=found, unit="digit")


def mask_phone(phone: str) -> str:
    """`138****5678`; empty stays empty."""
    local = phone.removeprefix(PREFIX)
    return f"{local[:3]}****{local[-4:]}" if len(local) >= LENGTH else "****" if local else ""


def mask_name(name: str) -> str:
    """The first character and a star for each other: 王** ; empty stays empty."""
    return name[:1] + "*" * (len(name) - 1)
