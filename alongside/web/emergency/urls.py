from django.urls import path

from alongside.web.emergency import views

app_name = "emergency"
urlpatterns = [
    path("emergency", views.open_case, name="open"),
    path("emergency/<uuid:access_id>/close", views.close, name="close"),
    path("emergency/reviews", views.reviews, name="reviews"),
    path("emergency/reviews/<uuid:access_id>", views.review, name="review"),
]
