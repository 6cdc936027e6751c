from django.urls import path

from alongside.web.status import views

app_name = "status"
urlpatterns = [path("status", views.status, name="status")]
