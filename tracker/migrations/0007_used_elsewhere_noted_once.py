import uuid

from django.db import migrations, models


def give_each_an_id(apps, schema_editor):
    used = apps.get_model("tracker", "UsedElsewhere")
    for pk in list(used.objects.values_list("pk", flat=True)):
        used.objects.filter(pk=pk).update(client_id=uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [("tracker", "0006_language_of_mail")]

    operations = [
        migrations.AddField("usedelsewhere", "client_id", models.UUIDField(null=True)),
        migrations.RunPython(give_each_an_id, migrations.RunPython.noop),
        migrations.AlterField("usedelsewhere", "client_id", models.UUIDField(default=uuid.uuid4, unique=True)),
    ]
