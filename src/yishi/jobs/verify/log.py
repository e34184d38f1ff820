"""The published files by themselves, as anyone who copied them can check them."""

from collections.abc import Iterator, Mapping, Sequence

from yishi.core.case.state import TRANSITIONS
from yishi.core.permit import TABLE
from yishi.jobs.verify.wrong import Looked, Wrong
from yishi.records.log import PublishedLog, verify_ed25519
from yishi.tlog.checkpoint import Verifier, note_verifier
from yishi.tlog.history import Apart
from yishi.tlog.verify import verify_log

PARTS: Mapping[str, str] = {
    **{row.act: row.part for row in TRANSITIONS if row.part},
    "publication.draft": "drafted",
    "publication.review": "reviewed",
    "topic.raise": "raised",
    "topic.raise_cases": "raised",
    "topic.report_done": "carried",
    "topic.report_failed": "carried",
    "method.copy": "made",
    "method.change": "made",
    "project.reach_milestone": "built",
    "project.report_built": "built",
    # For oneself or written down for somebody: neither screens it.
    "proposal.file": "raised",
}
"""Act → the part it gives whoever does it."""


def apart() -> dict[str, Apart]:
    """Act → the acts its actor must not have done on the same subject, from the permit table."""
    return {
        row.act: Apart(frozenset(act for act, part in PARTS.items() if part in row.unless))
        for row in TABLE
        if row.unless
    }


def check_log(
    log: PublishedLog, keys: Sequence[Verifier], outside: Sequence[str], looked: Looked
) -> Iterator[Wrong]:
    """Every finding of `tlog.verify` about the files of `log`."""
    if not keys:
        yield Wrong("no_key")
        return
    report = verify_log(
        log.read_cut,
        log.notes(),
        note_verifier(keys, verify_ed25519),
        apart=apart(),
        outside=outside,
    )
    looked.size, looked.checkpoints = report.size, report.checkpoints
    looked.outside, looked.entries = report.outside, report.entries
    for finding in report.findings:
        yield Wrong("log", {"code": finding.code, "where": finding.where, "detail": finding.detail})
