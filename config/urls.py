from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = []
if find_spec("alongside.api.urls"):
    urlpatterns.append(path("api/v1/", include("alongside.api.urls")))
if find_spec("alongside.web.urls"):
    urlpatterns.append(path("", include("alongside.web.urls")))
