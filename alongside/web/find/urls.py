from django.urls import path

from alongside.web.find import views

app_name = "find"
urlpatterns = [path("find", views.find, name="find")]
