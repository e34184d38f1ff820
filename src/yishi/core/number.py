"""The number a resident quotes: year and month, six random digits, a check digit.

`2611-4821-350` is told on the phone; one wrong digit, or two neighbours swapped, is always found.
A number alone opens only what is public. Source: H. M. Damm, 2004; architecture, decision 9.
"""

from datetime import date

from yishi.core.refusal import Refusal

LENGTH = 11
SERIALS = 1_000_000


def make_number(day: date, serial: int) -> str:
    """The number for a report filed on `day`; `serial` is random, 0 ≤ serial < 1,000,000."""
    body = f"{day.year % 100:02}{day.month:02}{serial:06}"
    return body + str(_check_digit(body))


def show_number(number: str) -> str:
    """As people read it aloud: `2611-4821-353`."""
    return f"{number[:4]}-{number[4:8]}-{number[8:]}"


def read_number(text: str) -> str | Refusal:
    """What somebody typed as a number, without spaces and dashes. Refuses with `number_wrong`."""
    digits = "".join(c for c in text if c.isascii() and c.isdigit())
    if len(digits) != LENGTH:
        return Refusal("number_wrong", need=LENGTH, have=len(digits), unit="digits")
    if str(_check_digit(digits[:-1])) != digits[-1]:
        return Refusal("number_mistyped", have=text.strip()[:40])
    return digits


def is_number(text: str) -> bool:
    """Whether it may be a number or a part of one: digits, with spaces and dashes."""
    digits = text.replace("-", "").replace(" ", "")
    return digits.isascii() and digits.isdigit() and len(digits) <= LENGTH


# Damm's quasigroup of order ten: its diagonal is zero, and no two swapped digits agree.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def _check_digit(body: str) -> int:
    interim = 0
    for character in body:
        interim = int(_DAMM[interim][int(character)])
    return interim
