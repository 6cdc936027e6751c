from django.urls import path

from alongside.web.assessing.views import filling, outcomes, results

app_name = "assessing"
urlpatterns = [
    path("cases/<uuid:case_id>/assessments", filling.show_list, name="list"),
    path("cases/<uuid:case_id>/assessments/next", filling.next_one, name="next"),
    path(
        "cases/<uuid:case_id>/assessments/<slug:code>/start",
        filling.start,
        name="start",
    ),
    path("assessments/<uuid:assessment_id>", results.show, name="show"),
    path(
        "assessments/<uuid:assessment_id>/fill/<slug:section>",
        filling.fill,
        name="fill",
    ),
    path("assessments/<uuid:assessment_id>/check", filling.check, name="check"),
    path("assessments/<uuid:assessment_id>/judge", results.judge, name="judge"),
    path(
        "assessments/<uuid:assessment_id>/withdraw", results.withdraw, name="withdraw"
    ),
    path(
        "assessments/<uuid:assessment_id>/referral-form",
        results.referral_form,
        name="referral_form",
    ),
    path("outcomes", outcomes.outcomes, name="outcomes"),
]
