from django.urls import path

from alongside.web.code_rights import (
    register,
    standing,
    standing_register,
    steps,
    views,
)

app_name = "code_rights"
CASE = "cases/<uuid:case_id>/code-rights"
RECORD = f"{CASE}/<uuid:record_id>"

urlpatterns = [
    path(CASE, views.show, name="case"),
    path(f"{CASE}/begin", views.choose, name="choose"),
    path(f"{CASE}/begin/<slug:kind>/<slug:step>", steps.begin, name="begin"),
    path(f"{CASE}/standing", standing.show, name="standing"),
    path(f"{CASE}/standing/<uuid:name>", standing.settle, name="settle"),
    path(f"{CASE}/standing/<uuid:name>/again", standing.owed_again, name="owed_again"),
    path(RECORD, views.record, name="record"),
    path(f"{RECORD}/steps/<slug:step>", steps.add, name="step"),
    path(f"{RECORD}/correct/<uuid:step_id>", steps.correct, name="correct"),
    path(f"{RECORD}/take-back/<uuid:step_id>", steps.take_back, name="take_back"),
    path("code-rights", register.show, name="register"),
    path("code-rights/file", register.export, name="export"),
    path("standing-promises", standing_register.show, name="standing_register"),
    path("standing-promises/file", standing_register.export, name="standing_export"),
]
