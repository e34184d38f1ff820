"""Forms of the trade: the sheets of a case, as paper and as Word; the dossier; the templates."""

from django.urls import URLPattern, path

from yishi.web.form import dossier, of_case, sheet, template

urls: list[URLPattern] = [
    path("cases/<str:uid>/forms", of_case.view, name="case_forms"),
    path("cases/<str:uid>/dossier.zip", dossier.view, name="case_dossier"),
    path("forms/<str:form>/<str:uid>", sheet.view, name="form_sheet"),
    path("forms/<str:form>/<str:uid>/word", sheet.word, name="form_word"),
    path("reports/<str:uid>/answer-sheet", sheet.own, name="own_answer_sheet"),
    path("reports/<str:uid>/answer-sheet/word", sheet.own_word, name="own_answer_word"),
    path("office/forms", template.templates, name="form_templates"),
    path("office/forms/<str:form>", template.template, name="form_template"),
    path("office/forms/<str:form>/shipped", template.shipped, name="form_shipped"),
    path("office/forms/<str:form>/current", template.current, name="form_current"),
    path("office/forms/<str:form>/back", template.give_up, name="form_give_up"),
    path("office/forms/<str:form>/kept/<str:uid>", template.kept, name="form_kept"),
]
