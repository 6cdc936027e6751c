from django.urls import path

from alongside.web.agreements import views

app_name = "agreements"
urlpatterns = [
    path("agreements", views.register, name="register"),
    path("agreements/new", views.new, name="new"),
    path("agreements/<uuid:agreement_id>", views.show, name="agreement"),
    path("agreements/<uuid:agreement_id>/edit", views.edit, name="edit"),
    path("agreements/<uuid:agreement_id>/live", views.live, name="live"),
    path("agreements/<uuid:agreement_id>/extend", views.extend, name="extend"),
    path("agreements/<uuid:agreement_id>/reviewed", views.reviewed, name="reviewed"),
    path("agreements/<uuid:agreement_id>/end", views.end, name="end"),
]
