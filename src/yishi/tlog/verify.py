"""Verify a log from its published files alone, trusting only the keys of its checkpoints."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from yishi.tlog import checkpoint as notes
from yishi.tlog.checkpoint import Checkpoint, VerifySignature
from yishi.tlog.findings import Code, Finding, Report
from yishi.tlog.history import Apart, History
from yishi.tlog.replay import Replay
from yishi.tlog.tiles import Read


def verify_log(
    read: Read,
    checkpoints: Sequence[str],
    verify_signature: VerifySignature,
    *,
    apart: Mapping[str, Apart] | None = None,
    outside: Sequence[str] = (),
) -> Report:
    """Everything that does not hold in a published log; nothing found means it holds.

    `read` gives the bytes at a path (`tile/…`) or None. `checkpoints` are the log's own signed
    notes, oldest first; `outside` are copies that others kept, in any order. Checked: each
    signature, origin and size order; every root, and with it the consistency of all
    checkpoints, recomputed from the entries; every tile; every leaf's form, uid, running
    number per subject; and by `apart` that the actor of an act is not one of those before.
    Never raises on bad data. Proves nothing about entries that were never sequenced.
    """
    findings: list[Finding] = []
    own = _signed("checkpoints", checkpoints, verify_signature, findings)
    others = _signed("outside", outside, verify_signature, findings)
    named = own + others
    if not named:
        findings.append(
            Finding(Code.CHECKPOINT_NONE, "checkpoints", "no checkpoint with a known signature")
        )
        return Report("", 0, 0, 0, 0, tuple(findings))

    origin = named[0][1].origin
    findings += _order(own)
    foreign = {where for where, point in named if point.origin != origin}
    findings += [
        Finding(Code.ORIGIN_DIFFERS, where, f"the origin is not {origin}")
        for where, _ in named
        if where in foreign
    ]
    points = [(where, point) for where, point in named if where not in foreign]

    size = max(point.size for _, point in points)
    replay = Replay(read, size, [point.size for _, point in points])
    history = History(origin, apart or {})
    read_entries = 0
    for seq, entry in replay.entries():
        if entry is None:
            history.skip()
            continue
        read_entries += 1
        findings += history.read(seq, entry)

    wanted: dict[int, set[bytes]] = defaultdict(set)
    for _, point in points:
        wanted[point.size].add(point.root)
    roots = replay.settle(wanted)
    holding = [(where, point) for where, point in points if roots.get(point.size) == point.root]
    findings += replay.findings
    findings += _roots(points, roots)
    kept = {where for where, _ in holding}
    return Report(
        origin,
        size,
        read_entries,
        sum(where in kept for where, _ in own),
        sum(where in kept for where, _ in others),
        tuple(findings),
    )


def _signed(
    name: str, texts: Sequence[str], verdict: VerifySignature, findings: list[Finding]
) -> list[tuple[str, Checkpoint]]:
    """The checkpoints a known key signed, each with its name; the rest become findings."""
    signed: list[tuple[str, Checkpoint]] = []
    for at, text in enumerate(texts):
        where = f"{name}[{at}]"
        try:
            note = notes.parse_note(text)
            point = notes.parse_checkpoint(note.text)
            message = note.text.encode("utf-8")
        except ValueError as error:
            findings.append(Finding(Code.CHECKPOINT_MALFORMED, where, str(error)))
            continue
        verdicts = [
            verdict(each.name, each.key_id, message, each.signature) for each in note.signatures
        ]
        if False in verdicts:
            findings.append(
                Finding(Code.SIGNATURE_WRONG, where, "the signature of a known key is wrong")
            )
        elif True not in verdicts:
            findings.append(Finding(Code.CHECKPOINT_UNSIGNED, where, "no signature of a known key"))
        else:
            signed.append((where, point))
    return signed


def _order(own: Sequence[tuple[str, Checkpoint]]) -> list[Finding]:
    largest, found = 0, []
    for where, point in own:
        if point.size < largest:
            found.append(Finding(Code.SIZE_SHRINKS, where, f"{point.size} entries after {largest}"))
        largest = max(largest, point.size)
    return found


def _roots(points: Sequence[tuple[str, Checkpoint]], roots: Mapping[int, bytes]) -> list[Finding]:
    """Each checkpoint whose root the files do not give, with the entries in question."""
    held = sorted({point.size for _, point in points if roots.get(point.size) == point.root})
    found = []
    for where, point in points:
        if point.size not in roots:
            detail = f"the files break off before {point.size} entries"
            found.append(Finding(Code.ROOT_UNREACHED, where, detail))
        elif roots[point.size] != point.root:
            below = max((size for size in held if size < point.size), default=0)
            detail = f"entries {below} to {point.size - 1} are not those that were signed"
            if point.size == 0 or point.size in held:
                detail = f"another root was signed for {point.size} entries"
            found.append(Finding(Code.ROOT_DIFFERS, where, detail))
    return found
