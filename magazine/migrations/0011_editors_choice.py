"""Let editors put articles of any issue on the home page."""

import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("magazine", "0010_sharing")]

    operations = [
        migrations.CreateModel(
            name="EditorsChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="choices",
                        to="magazine.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "home",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="choices",
                        to="magazine.home",
                    ),
                ),
            ],
            options={
                "verbose_name": "editors’ choice",
                "verbose_name_plural": "editors’ choices",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("home", "article"),
                        name="an_article_is_chosen_once",
                        violation_error_message="This article is chosen already.",
                    )
                ],
            },
        ),
    ]
