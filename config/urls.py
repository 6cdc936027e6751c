from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("alongside.api.urls")),
    path("", include("alongside.web.urls")),
]
