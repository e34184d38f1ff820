"""Matters that are likely one and the same: offered, grouped, and flagged where they pile up.

Suggests, never decides. Pure: what is known of a matter comes in, what it is like comes out.

    index = Index(matters)                    # open matters, or a hundred thousand
    index.candidates(written, most=5)         # [(key, Likeness)], the likeliest first
    groups(index)                             # [Group], the largest first
    bursts(matters, now)                      # [Burst], the least usual first

How it is worked out and how well it does: docs/algorithms/similar.md.
"""

from yishi.assist.similar.bursts import Burst, bursts
from yishi.assist.similar.groups import Group, groups
from yishi.assist.similar.index import Index, Pair, likeness
from yishi.assist.similar.matter import Likeness, Matter, SimilarTerms
from yishi.assist.similar.words import Weights

__all__ = [
    "Burst",
    "Group",
    "Index",
    "Likeness",
    "Matter",
    "Pair",
    "SimilarTerms",
    "Weights",
    "bursts",
    "groups",
    "likeness",
]
