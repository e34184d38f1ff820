"""One form made from what was found: its words, its foot, its Word file."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import translation

from yishi.core.form import TAGS, Form
from yishi.core.number import show_number
from yishi.phrases.form import Filled, fill
from yishi.phrases.form.common import Foot
from yishi.phrases.form.names import say_form
from yishi.records.files import file_path
from yishi.records.models import Attachment, Entry, Place
from yishi.records.queries.form import Found, OfList, OfOpinion
from yishi.records.queries.form_report import OfReport
from yishi.records.word import fill_template, qr_png
from yishi.web.sheet import foot_of

# The forms are Chinese documents in either language of the interface.
CHINESE = "zh-hans"


@dataclass(frozen=True)
class Made:
    """A form filled from the record. `at`: the place whose template it is filled by."""

    form: Form
    filled: Filled
    at: Place
    name: str

    @property
    def foot(self) -> Foot:
        """Its code and the address it leads to."""
        return Foot(self.filled["check_code"], self.filled["address"])


def make(request: HttpRequest, form: Form, found: Found) -> Made:
    """The form with every word it has. No statement."""
    with translation.override(CHINESE):
        filled = fill(form, found, foot_of(request, entry_of(form, found)))
        name = f"{say_form(form)} {filled['number']}"
    return Made(form, filled, place_of(found), name)


def word_file(made: Made, template: bytes) -> bytes:
    """Its Word file. Pictures that are no longer in the store are left out."""
    pictures = {key: _read(files) for key, files in made.filled.pictures.items()}
    values = made.filled.values
    return fill_template(template, TAGS[made.form], values, pictures, qr_png(made.foot.address))


def entry_of(form: Form, found: Found) -> Entry | None:
    """The entry of the record a form rests on."""
    if not isinstance(found, OfReport):
        return found.entry
    rated = found.rating.rated_at if found.rating else None
    moments = {
        Form.REGISTRATION: found.report.filed_at,
        Form.ANSWER: found.report.answered_at,
        Form.CALL_BACK: rated or found.report.answered_at,
    }
    return found.entry(moments[form])


def place_of(found: Found) -> Place:
    """The place a form belongs to."""
    if isinstance(found, OfOpinion):
        return found.opinion.place
    return found.place if isinstance(found, OfList) else found.held.case.place


def subject_of(found: Found) -> tuple[str, str]:
    """Uid and number of the case a form is of, for the private audit; empty for a place's."""
    if isinstance(found, OfOpinion | OfList):
        case = found.opinion.case if isinstance(found, OfOpinion) else found.case
    else:
        case = found.held.case
    return (case.uid, show_number(case.number)) if case else ("", "")


def _read(files: Sequence[Attachment]) -> list[bytes]:
    paths = [file_path(each.file.sha256) for each in files]
    return [path.read_bytes() for path in paths if path.is_file()]
