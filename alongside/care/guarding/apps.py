from django.apps import AppConfig


class GuardingConfig(AppConfig):
    name = "alongside.care.guarding"
    label = "guarding"
    verbose_name = "Guarding"
    default_auto_field = "django.db.models.BigAutoField"
