"""Forms of the trade: the sheets of a case, as paper and as Word; the dossier; the templates."""

from django.urls import URLPattern, path

from yishi.web.form.dossier import view as dossier
from yishi.web.form.of_case import view as of_case
from yishi.web.form.sheet import own, own_word, view, word
from yishi.web.form.template import current, give_up, kept, shipped, template, templates

urls: list[URLPattern] = [
    path("cases/<str:uid>/forms", of_case, name="case_forms"),
    path("cases/<str:uid>/dossier.zip", dossier, name="case_dossier"),
    path("forms/<str:form>/<str:uid>", view, name="form_sheet"),
    path("forms/<str:form>/<str:uid>/word", word, name="form_word"),
    path("reports/<str:uid>/answer-sheet", own, name="own_answer_sheet"),
    path("reports/<str:uid>/answer-sheet/word", own_word, name="own_answer_word"),
    path("office/forms", templates, name="form_templates"),
    path("office/forms/<str:form>", template, name="form_template"),
    path("office/forms/<str:form>/shipped", shipped, name="form_shipped"),
    path("office/forms/<str:form>/current", current, name="form_current"),
    path("office/forms/<str:form>/back", give_up, name="form_give_up"),
    path("office/forms/<str:form>/kept/<str:uid>", kept, name="form_kept"),
]
