"""A leader's brief in words: the whole document, from figures and the cases behind them."""

from yishi.phrases.brief.make import Behind, make_brief

__all__ = ["Behind", "make_brief"]
