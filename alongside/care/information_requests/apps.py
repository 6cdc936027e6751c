from django.apps import AppConfig


class InformationRequestsConfig(AppConfig):
    name = "alongside.care.information_requests"
    label = "information_requests"
    verbose_name = "Requests for people's information"
    default_auto_field = "django.db.models.BigAutoField"
