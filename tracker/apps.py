from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.core.management import call_command
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class TrackerConfig(AppConfig):
    name = "tracker"
    default_auto_field = "django.db.models.AutoField"
    verbose_name = _("Sessions")

    def ready(self) -> None:
        from tracker.views.sign_in_end import note_its_end

        post_migrate.connect(make_cache_table, sender=self)
        user_logged_in.connect(note_its_end)


def make_cache_table(*, using: str, **_options: Any) -> None:
    """Let `migrate` make the table in which attempts are counted: without it nobody could sign in."""
    call_command("createcachetable", database=using, verbosity=0)
