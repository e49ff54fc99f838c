"""Make the letter and who takes it, and let editors write it, editors-in-chief send it."""

import django.db.models.deletion
import magazine.fields
from django.conf import settings
from django.db import migrations, models


# What each role may do: (model, codename, name).
WRITE = (
    ("letter", "add_letter", "Can add letter"),
    ("letter", "change_letter", "Can change letter"),
    ("letter", "view_letter", "Can view letter"),
)
SEND = (
    ("letter", "delete_letter", "Can delete letter"),
    ("letter", "send_letter", "Can send the letter"),
    ("subscriber", "add_subscriber", "Can add subscriber"),
    ("subscriber", "delete_subscriber", "Can delete subscriber"),
    ("subscriber", "view_subscriber", "Can view subscriber"),
)
ROLES = {"Rédaction": WRITE, "Rédaction en chef": (*WRITE, *SEND)}


def open_letter(apps, schema_editor=None):
    """Give both roles what they may do; made again, it changes nothing."""
    groups = apps.get_model("auth", "Group").objects
    permissions = apps.get_model("auth", "Permission").objects
    kinds = apps.get_model("contenttypes", "ContentType").objects
    for role, allowed in ROLES.items():
        group, _created = groups.get_or_create(name=role)
        for model, codename, name in allowed:
            kind, _created = kinds.get_or_create(app_label="magazine", model=model)
            permission, _created = permissions.get_or_create(
                content_type=kind, codename=codename, defaults={"name": name}
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("magazine", "0007_comments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        help_text="What readers see first: about fifty signs show on a telephone.",
                        max_length=120,
                        verbose_name="subject",
                    ),
                ),
                (
                    "opening",
                    magazine.fields.CleanRichTextField(
                        blank=True,
                        help_text="A few words from the editors, ahead of the contents.",
                        verbose_name="opening",
                    ),
                ),
                ("contents", models.JSONField(blank=True, default=list, editable=False)),
                ("left_out", models.JSONField(blank=True, default=list, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("stopped", "Stopped"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                ("message", models.TextField(blank=True, editable=False, verbose_name="message")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made on")),
                (
                    "started_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="sending began on"
                    ),
                ),
                (
                    "sent_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="sent on"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent by",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        blank=True,
                        help_text="Its contents and cover stand in the letter. Empty: the opening stands alone.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="letters",
                        to="magazine.issue",
                        verbose_name="issue",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter",
                "verbose_name_plural": "letters",
                "ordering": ["-made_at", "-pk"],
                "permissions": [("send_letter", "Can send the letter")],
            },
        ),
        migrations.CreateModel(
            name="Subscriber",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "mail",
                    models.EmailField(
                        max_length=254, null=True, unique=True, verbose_name="mail address"
                    ),
                ),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("key", models.CharField(editable=False, max_length=43, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked, not confirmed"),
                            ("confirmed", "Confirmed"),
                            ("left", "Left"),
                        ],
                        db_index=True,
                        default="asked",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked on")),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="confirmed on"),
                ),
                ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="left on")),
                ("consent", models.CharField(max_length=20, verbose_name="version of the consent")),
                (
                    "note",
                    models.CharField(blank=True, max_length=240, verbose_name="how they agreed"),
                ),
                ("told_at", models.DateTimeField(editable=False, null=True)),
                ("told_times", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="added by",
                    ),
                ),
            ],
            options={
                "verbose_name": "subscriber",
                "verbose_name_plural": "subscribers",
                "ordering": ["-asked_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="LetterDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("handing", "Being handed over"),
                            ("sent", "Sent"),
                            ("failed", "Refused"),
                            ("doubtful", "Unknown"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("at", models.DateTimeField(null=True)),
                ("error", models.CharField(blank=True, max_length=240)),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="magazine.letter",
                    ),
                ),
                (
                    "subscriber",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="deliveries",
                        to="magazine.subscriber",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
            },
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                fields=("issue",),
                name="one_letter_per_issue",
                violation_error_message="This issue has its letter already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscriber",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("left_at__isnull", False), ("mail", None), ("note", ""), ("state", "left")
                    ),
                    models.Q(models.Q(("state", "left"), _negated=True), ("mail__isnull", False)),
                    _connector="OR",
                ),
                name="who_left_has_no_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscriber",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "confirmed"), _negated=True),
                    ("confirmed_at__isnull", False),
                    _connector="OR",
                ),
                name="who_confirmed_has_a_date",
            ),
        ),
        migrations.AddIndex(
            model_name="letterdelivery",
            index=models.Index(fields=["letter", "state"], name="deliveries_by_state"),
        ),
        migrations.AddConstraint(
            model_name="letterdelivery",
            constraint=models.UniqueConstraint(
                fields=("letter", "subscriber"), name="one_delivery_per_subscriber"
            ),
        ),
        migrations.RunPython(open_letter, migrations.RunPython.noop, elidable=False),
    ]
