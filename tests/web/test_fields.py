"""What a field of a form takes, and what it says where it does not."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.test import RequestFactory

from yishi.web.dates import DayField, MomentField
from yishi.web.typed import clean_typed
from yishi.web.vote_area import AreaField


def said(field: forms.Field, typed: Any) -> str:
    """What the field says of what was typed."""
    with pytest.raises(forms.ValidationError) as wrong:
        field.clean(typed)
    return " ".join(wrong.value.messages)


def test_each_kind_of_field_says_in_our_words_what_to_do() -> None:
    two = [("a", "甲"), ("b", "乙")]
    assert said(forms.CharField(max_length=3), "四个字呢") == "最多写3个字，您写了4个。"
    assert said(forms.CharField(), "") == "请填写。"
    assert said(forms.ChoiceField(choices=two), "nope") == "请从选项里选一个。"
    assert said(forms.MultipleChoiceField(choices=two), ["nope"]) == "请从选项里选一个。"
    assert said(forms.DateField(), "明天") == "日期请写成 2026-11-24。"
    assert said(forms.DateTimeField(), "明天") == "时间请写成 2026-11-24 14:30。"


def test_a_date_is_of_a_year_somebody_can_have_meant() -> None:
    assert DayField().clean("2026-11-24") == date(2026, 11, 24)
    for far in ("1999-12-31", "2101-01-01", "9999-12-31", "0001-01-01"):
        assert said(DayField(), far) == "请选2000年到2100年之间的日期。"
        assert said(MomentField(), f"{far}T00:00") == "请选2000年到2100年之间的日期。"


def test_a_comma_in_an_area_stands_between_thousands_or_is_refused() -> None:
    assert AreaField().clean("1,545.55") == 15_455_500
    assert AreaField().clean("89.35") == 893_500
    for unclear in ("1,5", "15，45", "1,5455.5", "1,545,5"):
        assert said(AreaField(), unclear) == "面积写成数字，例如89.35。"


def test_a_title_is_one_line_and_words_keep_theirs() -> None:
    request = RequestFactory().post("/", {"title": "四月\r\n恳谈日", "words": "一\r\n二"})
    clean_typed(request)
    assert QueryDict("title=四月 恳谈日&words=一%0D%0A二") == request.POST
