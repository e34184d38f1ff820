"""Entries as the public log shows them: what their leaves say, and nothing else."""

from collections.abc import Iterator

from yishi.records.models import Entry
from yishi.tlog.leaf import Leaf


def list_leaves(first: int, end: int) -> Iterator[tuple[int, Leaf]]:
    """(number, leaf) of entries `first` up to but not including `end`, newest first. One query.

    An entry whose leaf cannot be read is left out; `yishi verify` names it.
    """
    rows = Entry.objects.filter(seq__gte=first, seq__lt=end).order_by("-seq")
    for seq, data in rows.values_list("seq", "leaf"):
        try:
            yield seq or 0, Leaf.from_bytes(bytes(data))
        except ValueError:
            continue
