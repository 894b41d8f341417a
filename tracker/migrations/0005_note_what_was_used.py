import datetime as dt

from django.db import migrations


def note_what_was_used(apps, schema_editor):
    """What was typed as used elsewhere becomes an entry, known since the first day of its year."""
    policy, used = apps.get_model("tracker", "Policy"), apps.get_model("tracker", "UsedElsewhere")
    names = ("sessions", "first_sessions", "cents")
    for row in policy.objects.all().iterator():
        numbers = {name: getattr(row, f"supplementary_{name}_used") for name in names}
        if any(numbers.values()):
            used.objects.create(policy=row, noted_on=dt.date(row.year, 1, 1), source="other", **numbers)


class Migration(migrations.Migration):
    dependencies = [("tracker", "0004_the_years_ahead")]

    operations = [migrations.RunPython(note_what_was_used, migrations.RunPython.noop)]
