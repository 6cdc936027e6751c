from django.urls import path

from alongside.web.wording import keeping, translating, views

app_name = "wording"
LANGUAGE = "words/<slug:language>"
ONE = f"{LANGUAGE}/<slug:template>/<slug:form>"

urlpatterns = [
    path("words", views.every, name="list"),
    path(f"{LANGUAGE}/translate", translating.translate, name="translate"),
    path(f"{LANGUAGE}/file", translating.as_file, name="file"),
    path(ONE, views.text, name="text"),
    path(f"{ONE}/read", views.read, name="read"),
    path(f"{ONE}/take-back", views.take_back, name="take_back"),
    path(f"{ONE}/own", keeping.own, name="own"),
    path(f"{ONE}/publish", keeping.publish, name="publish"),
    path(f"{ONE}/retire", keeping.retire, name="retire"),
]
