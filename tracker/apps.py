from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrackerConfig(AppConfig):
    name = "tracker"
    default_auto_field = "django.db.models.AutoField"
    verbose_name = _("Sessions")
