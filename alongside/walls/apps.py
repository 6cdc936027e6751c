from django.apps import AppConfig


class WallsConfig(AppConfig):
    name = "alongside.walls"
    label = "walls"
    verbose_name = "Walls"
    default_auto_field = "django.db.models.BigAutoField"
