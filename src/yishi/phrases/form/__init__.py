"""The words of each form, worked out once for the printed sheet, the Word file and the dossier.

`fill` gives a dict of plain words whose keys are those of `core.form.TAGS`; a word that is not
known yet is empty, and stays free on paper for a pen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yishi.core.form import Form
from yishi.phrases.form import oversight, report, work
from yishi.phrases.form.common import Foot
from yishi.records.models import Attachment
from yishi.records.queries.form import Found, OfList, OfOpinion, OfOrder, OfRequest, OfWork
from yishi.records.queries.form_report import OfReport

Values = Mapping[str, object]


@dataclass(frozen=True)
class Filled:
    """A form's words, and the pictures it shows by their key."""

    values: Values
    pictures: Mapping[str, Sequence[Attachment]]

    def __getitem__(self, key: str) -> str:
        return str(self.values[key])


def fill(form: Form, found: Found, foot: Foot) -> Filled:
    """The words of `form`. Raises TypeError where `found` is not what this form is about."""
    match form, found:
        case Form.REGISTRATION, OfReport():
            return Filled(report.registration(found, foot), {})
        case Form.ANSWER, OfReport():
            before, after = report.pictures(found)
            return Filled(report.answer(found, foot), {"before": before, "after": after})
        case Form.CALL_BACK, OfReport():
            return Filled(report.call_back(found, foot), {})
        case Form.HANDING_OVER, OfWork():
            return Filled(work.handing_over(found, foot), {})
        case Form.RETURN, OfRequest():
            return Filled(work.returned(found, foot), {})
        case Form.EXTENSION, OfRequest():
            return Filled(work.extension(found, foot), {})
        case Form.ORDER, OfOrder():
            return Filled(oversight.order(found, foot), {})
        case Form.DATED_LIST, OfList():
            return Filled(oversight.dated_list(found, foot), {})
        case Form.OPINION, OfOpinion():
            return Filled(oversight.opinion(found, foot), {})
    raise TypeError(f"{form} is not about {type(found).__name__}")
