"""A matter is filed by a resident, or by staff for one, or settled on the spot."""

from collections.abc import Callable, Sequence

from yishi.acts.case.act import too_long
from yishi.acts.door import Ask, Done, Step, enter
from yishi.acts.report.born import write_new
from yishi.acts.report.words import HeldPlace, Words, hold_place, open_channels, with_phone
from yishi.core.case import intake
from yishi.core.instant import AtOnce, choose
from yishi.core.outcome import Advanced
from yishi.core.permit import Permitted
from yishi.core.refusal import Refusal
from yishi.records.files import NewFile
from yishi.records.queries.instant import texts_at


def file(ask: Ask, words: Words) -> Done | Refusal:
    """A resident files for themselves: report and case are born together, and answered at once
    where an approved text fits.

    Refusals: those of `core.case.intake.check_filing`, `place_unknown`, and the door's.
    """
    filing = filing_of(words, for_another=False)
    return _file(
        ask,
        "report.file",
        words,
        lambda held: _filed(ask, held, filing),
    )


def file_for(ask: Ask, words: Words) -> Done | Refusal:
    """Staff file for somebody, who agreed to it; the filer is the one first asked (首问负责).

    Refuses as `file` does, and with `consent_missing`. Source: norms.md §1.
    """
    readable = with_phone(words)
    if isinstance(readable, Refusal):
        return readable
    words, filing = readable, filing_of(readable, for_another=True)
    return _file(
        ask,
        "report.file_for",
        words,
        lambda held: _filed(ask, held, filing),
    )


def settle_on_spot(
    ask: Ask, words: Words, answer: str, proofs: Sequence[NewFile]
) -> Done | Refusal:
    """A grid worker registers a matter and settles it there and then, with a photo: 即办件.

    Refuses as `file_for` does, and with `answer_missing`, `proof_missing`, `no_unit`.
    """
    readable = with_phone(words)
    if isinstance(readable, Refusal):
        return readable
    words, filing = readable, filing_of(readable, for_another=True)
    draw = ask.entropy.unit()
    return _file(
        ask,
        "report.settle_on_spot",
        words,
        lambda held: intake.settle_on_spot(
            filing, answer, len(proofs), draw, held.rules.terms, ask.now, open_channels(ask, held)
        ),
        answer=answer,
        proofs=proofs,
    )


def _filed(ask: Ask, held: HeldPlace, filing: intake.Filing) -> Advanced | Refusal:
    """To be dispatched, or answered at once by the approved text that fits (秒回)."""
    if held.rules.instant is not None:
        texts = texts_at(held.place, ask.now)
        text = choose(filing.words, filing.nature, texts, held.rules.instant)
        held.at_once = AtOnce(text, held.rules.instant.silent) if text else None
    channels = open_channels(ask, held)
    return intake.file(filing, held.rules.terms, ask.now, channels, held.at_once)


def filing_of(words: Words, *, for_another: bool) -> intake.Filing:
    """What a form carries, as core decides about it."""
    return intake.Filing(
        words=words.text,
        nature=words.nature,
        channel=words.channel,
        has_place=bool(words.building or words.place),
        photos=len(words.photos),
        spot=words.spot,
        for_another=for_another,
        consent=words.consent,
    )


def _file(
    ask: Ask,
    act: str,
    words: Words,
    decide: Callable[[HeldPlace], Advanced | Refusal],
    answer: str = "",
    proofs: Sequence[NewFile] = (),
) -> Done | Refusal:
    def fitting(held: HeldPlace) -> Advanced | Refusal:
        advanced = decide(held)
        if isinstance(advanced, Refusal):
            return advanced
        return too_long(advanced, held.rules) or advanced

    def write(held: HeldPlace, advanced: Advanced, granted: Permitted) -> Done:
        return write_new(ask, act, words, held, advanced, granted, answer, proofs)

    return enter(ask, Step(act, lambda: hold_place(words, ask.now), fitting, write))
