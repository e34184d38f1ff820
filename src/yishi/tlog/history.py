"""What the entries must be among themselves: well formed, unique, unbroken, by two people."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from yishi.tlog.findings import Code, Finding
from yishi.tlog.leaf import Leaf

SubjectKey = tuple[str, str]


@dataclass(frozen=True)
class Apart:
    """Whom the actor of an act must not be: the actor of an earlier act of `acts` on the same
    subject, nor anyone a public fact of `facts` names (a pseudonym, or a list of them)."""

    acts: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()


@dataclass
class History:
    """Reads entries in order and yields what does not hold.

    `apart` maps an act to those its actor must differ from. Source: norms, "Independence".
    """

    origin: str
    apart: Mapping[str, Apart]
    _uids: dict[str, int] = field(default_factory=dict)
    _numbers: dict[SubjectKey, int] = field(default_factory=dict)
    _did: dict[SubjectKey, dict[str, set[str]]] = field(default_factory=dict)
    _broken: bool = False

    def __post_init__(self) -> None:
        self._watched = frozenset(act for rule in self.apart.values() for act in rule.acts)

    def skip(self) -> None:
        """Entries could not be read: numbering is taken up again wherever it goes on."""
        self._numbers.clear()
        self._broken = True

    def read(self, seq: int, entry: bytes) -> Iterator[Finding]:
        """Findings about entry number `seq`; never raises, whatever the bytes."""
        try:
            leaf = Leaf.from_bytes(entry)
        except ValueError as error:
            yield Finding(Code.LEAF_MALFORMED, seq, str(error))
            return
        if leaf.log != self.origin:
            yield Finding(Code.LEAF_FOREIGN, seq, f"the entry belongs to the log {leaf.log}")
        first = self._uids.setdefault(leaf.uid, seq)
        if first != seq:
            yield Finding(Code.UID_REPEATED, seq, f"uid {leaf.uid} is that of entry {first}")
        yield from self._number(seq, leaf)
        yield from self._two_people(seq, leaf)

    def _number(self, seq: int, leaf: Leaf) -> Iterator[Finding]:
        key = (leaf.subject.kind, leaf.subject.uid)
        last = self._numbers.get(key)
        unknown = last is None and self._broken
        expected = 1 if last is None else last + 1
        if leaf.no != expected and not unknown:
            yield Finding(
                Code.NUMBER_BROKEN,
                seq,
                f"{key[0]} {key[1]}: number {leaf.no} where {expected} follows",
            )
        self._numbers[key] = leaf.no

    def _two_people(self, seq: int, leaf: Leaf) -> Iterator[Finding]:
        key, who = (leaf.subject.kind, leaf.subject.uid), leaf.actor.who
        rule = self.apart.get(leaf.act)
        if rule:
            did = self._did.get(key, {})
            named = [act for act in sorted(rule.acts) if who in did.get(act, ())]
            named += [fact for fact in sorted(rule.facts) if who in _names(leaf.facts.get(fact))]
            if named:
                yield Finding(
                    Code.SAME_PERSON, seq, f"{leaf.act} by the person of {', '.join(named)}"
                )
        if leaf.act in self._watched:
            self._did.setdefault(key, {}).setdefault(leaf.act, set()).add(who)


def _names(fact: object) -> list[object]:
    return fact if isinstance(fact, list) else [fact]
