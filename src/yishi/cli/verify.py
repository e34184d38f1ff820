"""`yishi verify`: is the record what was acted? Names whatever was changed behind the door."""

import argparse
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yishi.jobs.verify.wrong import Looked, Wrong
    from yishi.tlog.checkpoint import Verifier

NAME = "verify"
HELP = "check the log, the journal, every sealed row and every file; 1 where anything is wrong"
SHOWN = 200


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `verify`."""
    parser.add_argument("--published", type=Path, metavar="FOLDER", help="only published files")
    parser.add_argument(
        "--excerpt", type=Path, metavar="FILE",
        help="only a dossier, or the record.json in it",
    )  # fmt: skip
    parser.add_argument(
        "--outside", type=Path, action="append", default=[], metavar="FILE",
        help="a checkpoint somebody else kept; may be repeated",
    )  # fmt: skip
    parser.add_argument("--key", action="append", default=[], help="the key to trust: name+id+key")


def run(options: argparse.Namespace) -> int:
    """0 where everything holds, 1 where anything does not."""
    from yishi.jobs.verify.wrong import Looked

    outside = [note for path in options.outside for note in _notes(path)]
    keys = [_key(text) for text in options.key]
    if options.excerpt:
        return _excerpt(options.excerpt, keys)
    if options.published:
        return _published(options.published, keys, outside, Looked())
    return verify_here(outside, keys)


def verify_here(outside: Sequence[str] = (), keys: "Sequence[Verifier]" = ()) -> int:
    """Verifies this installation and says what was found; the exit code."""
    from yishi.jobs.verify.whole import verify
    from yishi.jobs.verify.wrong import Looked

    looked = Looked()
    wrong = say_all(verify(looked, outside, keys))
    say_looked(looked, whole=True)
    return _verdict(wrong)


def say_all(found: "Iterable[Wrong]") -> int:
    """Prints each finding, up to a screenful or two; how many there were."""
    from django.utils.translation import gettext as _

    from yishi.cli import say
    from yishi.phrases.verify import say_wrong

    count = 0
    for wrong in found:
        count += 1
        if count <= SHOWN:
            say("✗ " + say_wrong(wrong.code, wrong.params))
    if count > SHOWN:
        say(_("… and %(more)s more.") % {"more": count - SHOWN})
    return count


def say_looked(looked: "Looked", *, whole: bool) -> None:
    """What was looked at, and what that cannot show."""
    from django.utils.translation import gettext as _

    from yishi.cli import say

    say(
        _("Log: %(entries)s entries read of %(size)s, %(checkpoints)s signed checkpoints hold.")
        % vars(looked)
    )
    if whole:
        say(
            _("Database: %(rows)s sealed rows, %(cases)s cases, %(files)s files compared.")
            % vars(looked)
        )
    if looked.pending:
        say(
            _("%(pending)s entries are not under a checkpoint yet; the worker adds them.")
            % vars(looked)
        )
    if looked.erased:
        say(_("%(erased)s texts were erased together with their salt.") % vars(looked))
    if looked.outside:
        say(_("%(outside)s checkpoints kept by others hold.") % vars(looked))
    else:
        say(
            _(
                "Without a checkpoint kept by others a rewrite of the whole log cannot be "
                "excluded: give one with --outside."
            )
        )


def _published(folder: Path, keys: "list[Verifier]", outside: list[str], looked: "Looked") -> int:
    from django.utils.translation import gettext as _

    from yishi.cli import Fault, say
    from yishi.jobs.verify.log import check_log
    from yishi.records.log import PublishedLog

    if not folder.is_dir():
        raise Fault(_("There is no folder %(folder)s.") % {"folder": folder})
    log = PublishedLog(folder)
    if not keys:
        try:
            beside = log.verifier()
        except ValueError:
            beside = None
        if beside:
            keys = [beside]
            say(
                _(
                    "Trusting the key found beside the log: %(key)s. "
                    "Compare it with the one you kept."
                )
                % {"key": beside.encode()}
            )
    wrong = say_all(check_log(log, keys, outside, looked))
    say_looked(looked, whole=False)
    return _verdict(wrong)


def _excerpt(path: Path, keys: "list[Verifier]") -> int:
    """Each leaf of a dossier lies in the tree its checkpoint signs."""
    from django.utils.translation import gettext as _

    from yishi.cli import Fault, say
    from yishi.records.log import verify_ed25519
    from yishi.tlog.checkpoint import note_verifier
    from yishi.tlog.excerpt import key_in, verify_excerpt

    data = _record_in(path)
    if not keys:
        if not (beside := key_in(data)):
            raise Fault(_("%(file)s names no key; give one with --key.") % {"file": path})
        keys = [_key(beside)]
        say(
            _("Trusting the key found in the dossier: %(key)s. Compare it with the one published.")
            % {"key": beside}
        )
    report = verify_excerpt(data, note_verifier(keys, verify_ed25519))
    for finding in report.findings:
        say(f"✗ {finding.where}: {finding.code} {finding.detail}")
    say(
        _("Excerpt: %(entries)s entries read, of a signed record of %(size)s.")
        % {"entries": report.entries, "size": report.size}
    )
    return _verdict(len(report.findings))


def _record_in(path: Path) -> bytes:
    """The record.json of a dossier, or the file itself."""
    from django.utils.translation import gettext as _

    from yishi.cli import Fault

    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                return packed.read("record.json")
        return path.read_bytes()
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise Fault(_("%(file)s is no dossier.") % {"file": path}) from error


def _verdict(wrong: int) -> int:
    from django.utils.translation import gettext as _

    from yishi.cli import say

    if wrong:
        say(_("%(wrong)s things do not hold.") % {"wrong": wrong})
        return 1
    say(_("Everything that was looked at holds."))
    return 0


def _notes(path: Path) -> list[str]:
    from django.utils.translation import gettext as _

    from yishi.cli import Fault
    from yishi.tlog.checkpoint import split_notes

    try:
        return split_notes(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Fault(_("%(file)s cannot be read as a checkpoint.") % {"file": path}) from error


def _key(text: str) -> "Verifier":
    from django.utils.translation import gettext as _

    from yishi.cli import Fault
    from yishi.tlog.checkpoint import Verifier

    try:
        return Verifier.decode(text.strip())
    except ValueError as error:
        raise Fault(_("That is not a key of a log: %(error)s.") % {"error": error}) from error
