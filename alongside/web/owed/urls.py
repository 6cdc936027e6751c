from django.urls import path

from alongside.web.owed import compliance_views, views

app_name = "owed"
urlpatterns = [
    path("owed", views.owed, name="owed"),
    path("owed/by-us", views.by_force, name="force"),
    path("compliance", compliance_views.compliance, name="compliance"),
]
