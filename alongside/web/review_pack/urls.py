from django.urls import path

from alongside.web.review_pack import views

app_name = "review_pack"

urlpatterns = [
    path("compliance/review", views.review, name="review"),
    path("compliance/review.zip", views.download, name="download"),
]
