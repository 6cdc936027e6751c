from django.apps import AppConfig


class CodeRightsConfig(AppConfig):
    name = "alongside.care.code_rights"
    label = "code_rights"
    verbose_name = "Rights of the Code"
    default_auto_field = "django.db.models.BigAutoField"
