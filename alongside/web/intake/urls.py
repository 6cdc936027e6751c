from django.urls import path

from alongside.web.intake import deliveries, feeds, held, settling

app_name = "intake"
urlpatterns = [
    path("held", held.held_list, name="held"),
    path("held/<uuid:hold_id>", held.held_one, name="held_one"),
    path("held/<uuid:hold_id>/accept", settling.accept, name="accept"),
    path("held/<uuid:hold_id>/return", settling.return_to_force, name="return"),
    path("held/<uuid:hold_id>/wait", settling.wait, name="wait"),
    path("feeds", feeds.feeds, name="feeds"),
    path("feeds/<str:force>", feeds.feed, name="feed"),
    path("feeds/<str:force>/<uuid:delivery>", deliveries.delivery, name="delivery"),
    path("feeds/<str:force>/<uuid:delivery>/fates.csv", deliveries.fates, name="fates"),
    path(
        "feeds/<str:force>/<uuid:delivery>/rejected.csv",
        deliveries.rejected,
        name="rejected",
    ),
    path(
        "feeds/<str:force>/<uuid:delivery>/returns.csv",
        deliveries.returns,
        name="returns",
    ),
]
