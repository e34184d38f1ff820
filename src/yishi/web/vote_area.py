"""An area as a form takes it: square metres with a point, kept as square centimetres."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from yishi.core.table import Wrong, scaled

M2, AREA_MOST = 10_000, 100_000_000


class AreaField(forms.CharField):
    """Square metres as typed, `89.35`; cleaned to whole square centimetres, 0 for nothing."""

    def __init__(self, **more: Any) -> None:
        keys = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(max_length=20, widget=forms.TextInput(attrs=keys), **more)

    def clean(self, value: Any) -> int:
        typed = super().clean(value).replace(",", "").strip()
        if not typed:
            return 0
        read = scaled(M2, 0, AREA_MOST)(typed)
        if isinstance(read, Wrong) or not isinstance(read, int):
            raise forms.ValidationError(_("Write the area as a number, such as 89.35."))
        return read
