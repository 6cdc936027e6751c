from django.urls import path

from alongside.web.provider import views

app_name = "provider"
urlpatterns = [
    path("shared", views.inbox, name="inbox"),
    path("shared/<uuid:share_id>", views.show, name="shared"),
    path("shared/<uuid:share_id>/accept", views.accept, name="accept"),
    path("shared/<uuid:share_id>/decline", views.decline, name="decline"),
    path("shared/<uuid:share_id>/ask", views.ask, name="ask"),
    path("shared/<uuid:share_id>/done", views.done, name="done"),
]
