"""The gallery's addresses, with stand-ins for where the navigation leads."""

from django.urls import include, path

from alongside.web.accounts.urls import urlpatterns as accounts
from tests.browser.gallery import views
from tests.integration.web.urls import OTHERS

casework = [
    path("my-work", views.nowhere, name="my_work"),
    path("queue", views.nowhere, name="queue"),
]
status = [path("status", views.nowhere, name="status")]
intake = [
    path("held", views.nowhere, name="held"),
    path("feeds", views.nowhere, name="feeds"),
]
urlpatterns = [
    path("", views.nowhere, name="home"),
    path("", include((accounts, "accounts"))),
    path("", include((casework, "casework"))),
    path("", include((intake, "intake"))),
    path("", include((status, "status"))),
    *OTHERS,
    path("gallery/<str:name>", views.show, name="gallery"),
]
