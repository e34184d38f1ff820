"""An area as a form takes it: square metres with a point, kept as square centimetres."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from yishi.core.table import Wrong, scaled

# A comma stands between thousands, as in 1,234.5; anywhere else it may be meant as a point.
THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d*)?")
M2, AREA_MOST = 10_000, 100_000_000


class AreaField(forms.CharField):
    """Square metres as typed, `89.35`; cleaned to whole square centimetres, 0 for nothing."""

    def __init__(self, **more: Any) -> None:
        keys = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(max_length=20, widget=forms.TextInput(attrs=keys), **more)

    def clean(self, value: Any) -> int:
        typed = super().clean(value).replace("，", ",").strip()
        if not typed:
            return 0
        if THOUSANDS.fullmatch(typed):
            typed = typed.replace(",", "")
        read = scaled(M2, 0, AREA_MOST)(typed)
        if isinstance(read, Wrong) or not isinstance(read, int):
            raise forms.ValidationError(_("Write the area as a number, such as 89.35."))
        return read
