from django.urls import path

from alongside.web.owed import compliance_views, escalated, silence, views

app_name = "owed"
urlpatterns = [
    path("owed", views.owed, name="owed"),
    path("owed/by-us", views.by_force, name="force"),
    path("owed/silent", silence.silent, name="silent"),
    path("owed/silent/<slug:rule>", silence.silent_list, name="silent_list"),
    path("owed/told", escalated.escalated, name="escalated"),
    path("owed/told/<uuid:escalation_id>", escalated.answer, name="answer"),
    path("owed/letter/<slug:holder>", escalated.letter, name="letter"),
    path("compliance", compliance_views.compliance, name="compliance"),
]
