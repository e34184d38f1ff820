"""What the forms about projects are made of: amounts in yuan, papers, who it is about."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy

from yishi.core.refusal import Refusal
from yishi.records.files import NewFile, read_paper, read_photo
from yishi.records.queries.rule import in_force, today_of
from yishi.web.case.forms import offer, prose
from yishi.web.project.shown import Shown
from yishi.web.topic.fields import number, yes_no

__all__ = [
    "ProjectForm",
    "fen_of",
    "fold",
    "number",
    "offer",
    "paper",
    "paper_in",
    "photo",
    "photo_in",
    "prose",
    "yes_no",
]

Read = NewFile | Refusal
Files = MultiValueDict[str, Any]
FEN = 100
# Ten thousand million yuan; only so that a slip of the keyboard is seen.
MOST_DIGITS = 12


class ProjectForm(forms.Form):
    """A form about a project. `prepare` makes what depends on it; `takes_files`: it has papers."""

    takes_files = False
    # Where people write more than a word, in the order it is shown again.
    WRITTEN: tuple[str, ...] = ("words", "dissent", "answer", "why")

    def __init__(
        self, shown: Shown, data: Mapping[str, Any] | None = None, files: Files | None = None
    ) -> None:
        self.shown = shown
        # A paper is read by `paper_in`; the form shows the input, and says where one is missing.
        super().__init__(data, files, auto_id="do_%s")
        self.prepare()

    def prepare(self) -> None:
        """Fields and choices that depend on the project."""

    @property
    def parts(self) -> list[dict[str, Any]]:
        """The fields as the page sets them: {legend, fields, pair}; one part without a legend.
        `pair`: two that stand side by side."""
        return [{"fields": list(self)}]

    def bound(self, *names: str) -> list[BoundField]:
        """The fields of those names that this form has."""
        return [self[name] for name in names if name in self.fields]


def yuan(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DecimalField:
    """A sum in yuan, to the fen, above nothing."""
    return forms.DecimalField(
        label=label,
        min_value=Decimal("0.01"),
        max_digits=MOST_DIGITS,
        decimal_places=2,
        required=required,
        help_text=help_text or gettext_lazy("In yuan, to the fen: 30000 or 1234.50."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("The amount is missing."),
            "invalid": gettext_lazy("Write the amount in digits, such as 1234.50."),
            "max_decimal_places": gettext_lazy("A fen is the smallest: two digits at the end."),
            "max_digits": gettext_lazy("This amount is too large."),
            "max_whole_digits": gettext_lazy("This amount is too large."),
            "min_value": gettext_lazy("More than nothing."),
        },
    )


def fen_of(amount: Decimal) -> int:
    """The same in fen."""
    return int(amount * FEN)


# No browser keeps a file: whatever is sent once more is chosen once more.
FILE_MISSING = {
    "required": gettext_lazy("Choose the file; it is chosen again each time this is sent."),
    "empty": gettext_lazy("There is nothing in this file. Choose another one."),
}


def paper(label: Any, help_text: Any = "", *, required: bool = True) -> forms.FileField:
    """A paper: a photo of it or a PDF."""
    return forms.FileField(
        label=label,
        required=required,
        help_text=help_text or gettext_lazy("A photo of it or a PDF."),
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
        error_messages=FILE_MISSING,
    )


class PhotoField(forms.FileField):
    """A photo; the camera stands first, and it is made smaller before it travels."""

    is_photo = True


def photo(label: Any, help_text: Any = "", *, required: bool = True) -> PhotoField:
    """A photo of how it is."""
    return PhotoField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        error_messages=FILE_MISSING,
    )


def pick(label: Any, choices: Sequence[tuple[str, Any]] = (), help_text: Any = "") -> Any:
    """One of what is offered, as radios; filled by `offer`."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        help_text=help_text,
        error_messages={"required": gettext_lazy("Choose one of them.")},
    )


def fold(
    form: ProjectForm, name: str, near: list[tuple[str, str]], others: list[tuple[str, str]]
) -> None:
    """Offers a long choice: the near ones first, the others folded, open where one is chosen. The
    only one there is stands chosen."""
    field: Any = form.fields[name]
    offer(field, [*near, *others])
    if len(near) + len(others) == 1:
        field.initial = [*near, *others][0][0]
    chosen = form[name].value() or []
    picked = {chosen} if isinstance(chosen, str) else set(chosen)
    field.near = len(near) if near and others else 0
    field.is_far_chosen = any(value in picked for value, _word in others)


def photo_in(request: HttpRequest, shown: Shown, name: str) -> NewFile | Refusal | None:
    """The photo of a form, as `paper_in`; a PDF is none."""
    return _file_in(request, shown, name, read_photo)


def paper_in(request: HttpRequest, shown: Shown, name: str) -> NewFile | Refusal | None:
    """The paper of a form, cleaned and in the store; None where none was sent. Refuses with
    `photo_sum_too_large`, `paper_too_large`, and what `read_paper` refuses."""
    return _file_in(request, shown, name, read_paper)


def _file_in(
    request: HttpRequest, shown: Shown, name: str, read: Callable[[bytes, int, int], Read]
) -> Read | None:
    upload: Any = request.FILES.get(name)
    if upload is None:
        return None
    rules = in_force(shown.held.topic.place, today_of(shown.now)).terms.rules
    most, size = rules.photo_bytes_max, upload.size or 0
    if size > most:
        return Refusal("paper_too_large", most // 1_000_000, -(-size // 1_000_000), "MB")
    return read(upload.read(), most, rules.photo_pixels_max)
