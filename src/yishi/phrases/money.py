"""Sums of money in words; they are kept in fen and said in yuan."""

from django.utils.translation import gettext as _

FEN = 100


def say_yuan(amount_fen: int) -> str:
    """A sum to the fen, the fen left out where there are none: 500,000 yuan, 0.05 yuan."""
    sign, whole = ("-" if amount_fen < 0 else ""), abs(amount_fen)
    yuan, fen = divmod(whole, FEN)
    amount = f"{sign}{yuan:,}.{fen:02}" if fen else f"{sign}{yuan:,}"
    return _("%(amount)s yuan") % {"amount": amount}
