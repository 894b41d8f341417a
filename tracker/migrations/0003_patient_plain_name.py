"""A patient's name as it is looked for, without accents, beside the name itself."""

import tracker.models.people
from django.db import migrations

from tracker.spelling import plain


def spell_plainly(apps, schema_editor):
    patients = apps.get_model('tracker', 'Patient').objects.values_list('name', 'pk').iterator()
    with schema_editor.connection.cursor() as cursor:
        cursor.executemany(
            'UPDATE tracker_patient SET plain_name = %s WHERE id = %s', [(plain(name), pk) for name, pk in patients]
        )


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0002_allocation_codes_in_range'),
    ]

    operations = [
        migrations.AddField(
            model_name='patient',
            name='plain_name',
            field=tracker.models.people.PlainField(default='', editable=False, of='name'),
        ),
        migrations.RunPython(spell_plainly, migrations.RunPython.noop),
    ]
