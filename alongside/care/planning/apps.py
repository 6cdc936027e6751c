from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "alongside.care.planning"
    label = "planning"
    verbose_name = "Planning"
    default_auto_field = "django.db.models.BigAutoField"
