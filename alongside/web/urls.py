"""Every page's address: one line a package."""

from django.urls import URLPattern, URLResolver, include, path

from alongside.web.accounts.views import signing_in

urlpatterns: list[URLPattern | URLResolver] = [
    path("", signing_in.home, name="home"),
    path("", include("alongside.web.accounts.urls")),
    path("", include("alongside.web.more.urls")),
    path("", include("alongside.web.casework.urls")),
    path("", include("alongside.web.grounds.urls")),
    path("", include("alongside.web.assessing.urls")),
    path("", include("alongside.web.planning.urls")),
    path("", include("alongside.web.owed.urls")),
    path("", include("alongside.web.review_pack.urls")),
    path("", include("alongside.web.journey.urls")),
    path("", include("alongside.web.code_rights.urls")),
    path("", include("alongside.web.telling.urls")),
    path("", include("alongside.web.wording.urls")),
    path("", include("alongside.web.find.urls")),
    path("", include("alongside.web.register.urls")),
    path("", include("alongside.web.seen.urls")),
    path("", include("alongside.web.linking.urls")),
    path("", include("alongside.web.intake.urls")),
    path("", include("alongside.web.status.urls")),
    path("", include("alongside.web.notices.urls")),
    path("", include("alongside.web.emergency.urls")),
    path("", include("alongside.web.conflicts.urls")),
    path("", include("alongside.web.compartments.urls")),
    path("", include("alongside.web.sharing.urls")),
    path("", include("alongside.web.provider.urls")),
    path("", include("alongside.web.agreements.urls")),
    path("", include("alongside.web.instruments.urls")),
    path("", include("alongside.web.closed_days.urls")),
    path("", include("alongside.web.vault.urls")),
    path("", include("alongside.web.rights.urls")),
    path("", include("alongside.web.information_requests.urls")),
    path("", include("alongside.web.witnesses.urls")),
    path("", include("alongside.web.wishes.urls")),
    path("", include("alongside.web.reach.urls")),
]
