"""The ballots of a vote: put in, replaced, taken out, counted, and made nobody's."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from django.db import connection
from django.db.models import Count, Sum

from yishi.core.vote.ballot import count_ballots
from yishi.records.entropy import Entropy
from yishi.records.models import Ballot, Vote
from yishi.records.vote_key import VoteKey

BATCH = 2_000
# PostgreSQL takes 65,535 values in a statement, SQLite 32,766.
ROWS = 500
INSERT = "INSERT INTO records_ballot (id, vote_id, voter_id, key, chosen, sealed, way) VALUES "


def new_id(entropy: Entropy) -> int:
    """63 random bits: a row's key tells neither when nor by whom."""
    return int.from_bytes(entropy.bytes(8), "big") >> 1


def put_in(
    vote: Vote, line: tuple[int, str], letters: str, way: str, key: VoteKey | None, entropy: Entropy
) -> None:
    """A first ballot of a line (id, uid). One statement."""
    id, uid = line
    name = key.ballot_key(uid) if key else uid
    sealed = key.close(letters, name) if key else ""
    write(
        [(new_id(entropy), vote.pk, None if key else id, name, "" if key else letters, sealed, way)]
    )


def replace(vote: Vote, uid: str, letters: str, key: VoteKey | None) -> int:
    """Another choice on the ballot of that line; how many rows there were. One statement."""
    name = key.ballot_key(uid) if key else uid
    values = {"sealed": key.close(letters, name)} if key else {"chosen": letters}
    return Ballot.objects.filter(vote=vote, key=name).update(**values)


def take_out(vote: Vote, uid: str, key: VoteKey | None) -> int:
    """The ballot of that line is gone; how many rows there were. One statement."""
    name = key.ballot_key(uid) if key else uid
    return Ballot.objects.filter(vote=vote, key=name).delete()[0]


def letters_of(vote: Vote, key: VoteKey | None) -> tuple[Counter[str], Counter[str]]:
    """Letters → ballots, and letters → area of their lines. One statement; a secret vote's are
    opened one by one. Raises VoteKeyLost."""
    rows = Ballot.objects.filter(vote=vote)
    if key is None:
        counted = rows.order_by().values_list("chosen")
        heads, areas = Counter[str](), Counter[str]()
        for letters, number, area in counted.annotate(n=Count("pk"), a=Sum("voter__area_cm2")):
            heads[letters] += number
            areas[letters] += area or 0
        return heads, areas
    sealed = rows.values_list("key", "sealed").iterator(BATCH)
    return Counter(key.open(text, name) for name, text in sealed), Counter()


def tally(
    options: Sequence[str], heads: Mapping[str, int], areas: Mapping[str, int]
) -> tuple[dict[str, tuple[int, int, int]], dict[str, tuple[int, int, int]]]:
    """Both counts, option by option."""
    return count_ballots(options, heads), count_ballots(options, areas)


def make_nobodys(vote: Vote, letters: Mapping[str, int], entropy: Entropy) -> None:
    """Takes every ballot of a secret vote away and writes as many anew from the counts alone:
    under random keys, in a random order, without way or time. So no new row can have come from
    a particular old one."""
    Ballot.objects.filter(vote=vote)._raw_delete("default")
    texts = [text for text in sorted(letters) for _ in range(letters[text])]
    for at in range(len(texts) - 1, 0, -1):
        other = entropy.below(at + 1)
        texts[at], texts[other] = texts[other], texts[at]
    write(
        [(new_id(entropy), vote.pk, None, entropy.bytes(16).hex(), text, "", "") for text in texts]
    )


def add_named(
    vote: Vote, papers: Sequence[tuple[int | None, str, str, str]], entropy: Entropy
) -> None:
    """Ballots of agreed paper: (line, its uid or a serial, letters, way) each."""
    write(
        [
            (new_id(entropy), vote.pk, voter, name, letters, "", way)
            for voter, name, letters, way in papers
        ]
    )


def digest_of(vote: Vote) -> str:
    """sha256 over its ballots as they lie there, one JSON array [key, letters] each, by key: kept
    with the result when it is counted, so that none is changed, added or taken away after."""
    seen = sha256()
    rows = Ballot.objects.filter(vote=vote).values_list("key", "chosen")
    for row in sorted(rows.iterator(BATCH)):
        seen.update(json.dumps(row).encode())
    return seen.hexdigest()


def clear(vote: Vote) -> None:
    """Every ballot is taken away: of a vote that counts for nothing."""
    Ballot.objects.filter(vote=vote)._raw_delete("default")


def write(rows: Sequence[tuple[object, ...]]) -> None:
    """Rows in batches; a text of letters is stored as the JSON text it is."""
    chosen = Ballot._meta.get_field("chosen")
    with connection.cursor() as cursor:
        for start in range(0, len(rows), ROWS):
            batch = rows[start : start + ROWS]
            values: list[Any] = []
            for id, vote, voter, key, letters, sealed, way in batch:
                stored = chosen.get_db_prep_save(letters, connection) if letters else None
                values += (id, vote, voter, key, stored, sealed, way)
            marks = ", ".join(["(%s, %s, %s, %s, %s, %s, %s)"] * len(batch))
            cursor.execute(INSERT + marks, values)
