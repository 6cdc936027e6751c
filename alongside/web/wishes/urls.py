from django.urls import path

from alongside.web.wishes import views

app_name = "wishes"
urlpatterns = [path("cases/<uuid:case_id>/wishes", views.wishes, name="wishes")]
