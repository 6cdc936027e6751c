from django.urls import path

from alongside.web.information_requests import acts, saying, views

app_name = "information_requests"
ONE = "records-requests/<uuid:asked_id>"
urlpatterns = [
    path("records-requests", views.desk, name="desk"),
    path("records-requests/file", views.export, name="export"),
    path("records-requests/counts", views.counts, name="counts"),
    path("records-requests/counts/file", views.counts_file, name="counts_file"),
    path("records-requests/ours", views.own, name="own"),
    path("records-requests/new", saying.new, name="new"),
    path(
        "cases/<uuid:case_id>/records-requests",
        views.of_case,
        name="of_case",
    ),
    path(
        "cases/<uuid:case_id>/records-requests/new",
        saying.new_of_case,
        name="new_of_case",
    ),
    path(ONE, views.show, name="show"),
    path(f"{ONE}/says/<slug:section>", saying.section, name="section"),
    path(f"{ONE}/note", acts.note, name="note"),
    path(f"{ONE}/prepare", acts.prepare, name="prepare"),
    path(f"{ONE}/decide", acts.decide, name="decide"),
    path(f"{ONE}/send-back", acts.send_back, name="send_back"),
    path(f"{ONE}/reconsider", acts.reconsider, name="reconsider"),
    path(f"{ONE}/sent", acts.sent, name="sent"),
    path(f"{ONE}/taken-back", acts.withdraw, name="withdraw"),
    path(f"{ONE}/complaint", acts.complain, name="complain"),
    path(f"{ONE}/complaint-answer", acts.answer_complaint, name="answer_complaint"),
]
