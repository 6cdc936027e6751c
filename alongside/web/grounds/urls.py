from django.urls import path

from alongside.web.grounds import views

app_name = "grounds"
urlpatterns = [
    path("cases/<uuid:case_id>/grounds", views.grounds, name="grounds"),
    path("cases/<uuid:case_id>/grounds/add", views.add, name="add"),
    path("cases/<uuid:case_id>/grounds/lower", views.lower, name="lower"),
    path("cases/<uuid:case_id>/grounds/<uuid:name>", views.decide, name="decide"),
    path("cases/<uuid:case_id>/asked/<uuid:name>", views.prompt, name="prompt"),
]
