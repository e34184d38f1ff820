"""Our reader and writer of translations, held against polib."""

import gettext
import io
from pathlib import Path

import polib

from tools import check_messages, po

SAMPLE = r"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=1; plural=0;\n"

#: web/case.py:1
msgid "Report"
msgstr "诉求"

msgctxt "verb"
msgid "Report"
msgstr "上报"

msgid ""
"Two "
"lines\n"
msgstr "两行\n"

msgid "%(n)s case"
msgid_plural "%(n)s cases"
msgstr[0] "%(n)s 件"

#, fuzzy
msgid "Unsure"
msgstr "不确定"

msgid "Empty"
msgstr ""

#~ msgid "Gone"
#~ msgstr "已删"
"""


def sample(folder: Path) -> Path:
    path = folder / "django.po"
    path.write_text(SAMPLE, "utf-8")
    return path


def test_entries_are_those_polib_reads(tmp_path: Path) -> None:
    path = sample(tmp_path)
    ours = [(e.context, e.msgid, e.plural, e.texts, e.fuzzy) for e in po.read(path)[1:]]
    theirs = [
        (
            e.msgctxt,
            e.msgid,
            e.msgid_plural or None,
            dict(e.msgstr_plural) or {0: e.msgstr},
            "fuzzy" in e.flags,
        )
        for e in polib.pofile(str(path))
        if not e.obsolete
    ]
    assert ours == theirs


def test_the_compiled_file_translates(tmp_path: Path) -> None:
    read = gettext.GNUTranslations(io.BytesIO(po.compiled(po.read(sample(tmp_path)))))
    assert read.gettext("Report") == "诉求"
    assert read.pgettext("verb", "Report") == "上报"
    assert read.gettext("Two lines\n") == "两行\n"
    assert read.ngettext("%(n)s case", "%(n)s cases", 2) == "%(n)s 件"
    assert read.gettext("Unsure") == "Unsure"
    assert read.gettext("Empty") == "Empty"


def test_faults_are_named(tmp_path: Path) -> None:
    used = [("Report", "a.py:1"), ("Sign in", "b.html:2")]
    assert check_messages.faults(used, po.read(sample(tmp_path))) == [
        "fuzzy: 'Unsure' (line 24)",
        "empty: 'Empty' (line 27)",
        "missing: 'Sign in' (b.html:2)",
    ]


def test_other_placeholders_are_named(tmp_path: Path) -> None:
    path = tmp_path / "django.po"
    path.write_text('msgid "Due {on}"\nmsgstr "{at} 到期"\n', "utf-8")
    assert check_messages.faults([], po.read(path)) == ["other placeholders: 'Due {on}' (line 1)"]


def test_messages_are_found_in_python() -> None:
    source = (
        "from django.utils.translation import gettext as _, pgettext_lazy\n"
        "a = _('One')\n"
        "b = pgettext_lazy('verb', 'Two')\n"
        "c = _(name)\n"
    )
    assert list(check_messages.in_python(source, "x.py")) == [
        ("One", "x.py:2"),
        ("verb\x04Two", "x.py:3"),
    ]


def test_messages_are_found_in_templates() -> None:
    source = (
        '{% load i18n %}{% translate "One" %}\n'
        "{% blocktranslate trimmed with n=x %}\n  Two {{ n }}\n  lines\n{% endblocktranslate %}\n"
        '{% translate "Three" context "verb" %}{% include "a.html" with t=_("Four") %}\n'
        "{% blocktranslate count n=x %}one it's{% plural %}many{% endblocktranslate %}"
    )
    assert [key for key, _ in check_messages.in_template(source, "x.html")] == [
        "One",
        "Two %(n)s lines",
        "verb\x04Three",
        "Four",
        "one it's",
    ]
