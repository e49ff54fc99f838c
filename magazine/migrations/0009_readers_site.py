"""Make what the readers' site shows beside articles: house pages, the paper, older issues, choices."""

import django.core.validators
import django.db.models.deletion
import magazine.fields
import magazine.page_access
import magazine.statements
import modelcluster.fields
import modelsearch.index
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Lower


# What each role may do with points of sale.
ROLES = {
    "Rédaction en chef": ("add", "change", "delete", "view"),
    "Rédaction": ("add", "change", "delete", "view"),
    "Fabrication": ("view",),
}


def open_points_of_sale(apps, schema_editor=None):
    """Give the roles what they may do; made again, it changes nothing."""
    groups = apps.get_model("auth", "Group").objects
    permissions = apps.get_model("auth", "Permission").objects
    kinds = apps.get_model("contenttypes", "ContentType").objects
    kind, _created = kinds.get_or_create(app_label="magazine", model="pointofsale")
    for role, verbs in ROLES.items():
        group, _created = groups.get_or_create(name=role)
        for verb in verbs:
            permission, _created = permissions.get_or_create(
                content_type=kind,
                codename=f"{verb}_pointofsale",
                defaults={"name": f"Can {verb} point of sale"},
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("magazine", "0008_letters"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DrawnLeaves",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sha256",
                    models.CharField(max_length=64, unique=True, verbose_name="sha256 of the PDF"),
                ),
                ("pages", models.JSONField(default=list, verbose_name="sizes of each page")),
                ("made_at", models.DateTimeField(auto_now=True, verbose_name="made on")),
            ],
            options={
                "verbose_name": "drawn pages",
                "verbose_name_plural": "drawn pages",
            },
        ),
        migrations.CreateModel(
            name="PaperPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                (
                    "subscribing",
                    magazine.fields.CleanRichTextField(blank=True, verbose_name="on subscribing"),
                ),
                (
                    "back_issues",
                    magazine.fields.CleanRichTextField(blank=True, verbose_name="on back issues"),
                ),
                (
                    "selling",
                    magazine.fields.CleanRichTextField(
                        blank=True,
                        help_text="The list itself stands in the address book, under Points of sale.",
                        verbose_name="on points of sale",
                    ),
                ),
                (
                    "shows_form",
                    models.BooleanField(
                        default=True,
                        help_text="To print, fill in by pen and post.",
                        verbose_name="show the order form",
                    ),
                ),
                (
                    "payment",
                    magazine.fields.CleanRichTextField(
                        blank=True,
                        help_text="For instance “Cheque to the order of…”. It stands on the form.",
                        verbose_name="how the form is paid",
                    ),
                ),
                (
                    "send_to",
                    models.TextField(
                        blank=True,
                        help_text="Empty: the address of the contact.",
                        verbose_name="where the form is sent",
                    ),
                ),
            ],
            options={
                "verbose_name": "page on getting the paper",
                "verbose_name_plural": "pages on getting the paper",
            },
            bases=(magazine.page_access.DeskPage, "wagtailcore.page"),
        ),
        migrations.CreateModel(
            name="PrivacyNotice",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                (
                    "log_days",
                    models.PositiveSmallIntegerField(
                        default=14,
                        help_text="As the host has it set up; 0 where it keeps none.",
                        validators=[django.core.validators.MaxValueValidator(366)],
                        verbose_name="days for which the web server keeps its log",
                    ),
                ),
                (
                    "rights",
                    magazine.fields.CleanRichTextField(
                        default=magazine.statements.privacy_rights,
                        help_text="Proposed as the law has it; the table of what is kept stands above.",
                        verbose_name="rights of readers",
                    ),
                ),
            ],
            options={
                "verbose_name": "privacy notice",
                "verbose_name_plural": "privacy notices",
            },
            bases=(magazine.page_access.DeskPage, "wagtailcore.page"),
        ),
        migrations.AddField(
            model_name="contributor",
            name="url",
            field=models.URLField(blank=True, verbose_name="website"),
        ),
        migrations.CreateModel(
            name="AccessibilityStatement",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not", "not conforming"),
                            ("partly", "partly conforming"),
                            ("wholly", "wholly conforming"),
                        ],
                        default="not",
                        help_text="Without an audit the RGAA wants “not conforming”.",
                        max_length=6,
                        verbose_name="state of conformity",
                    ),
                ),
                (
                    "standard",
                    models.CharField(default="RGAA 4.1.2", max_length=40, verbose_name="standard"),
                ),
                (
                    "rate",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="criteria met, in percent",
                    ),
                ),
                ("made_on", models.DateField(verbose_name="drawn up on")),
                (
                    "tested_by",
                    models.CharField(
                        blank=True,
                        help_text="Empty: there was no audit.",
                        max_length=160,
                        verbose_name="tested by",
                    ),
                ),
                (
                    "basis",
                    magazine.fields.CleanRichTextField(
                        default=magazine.statements.accessibility_basis,
                        verbose_name="state of conformity, in words",
                    ),
                ),
                (
                    "failings",
                    magazine.fields.CleanRichTextField(
                        blank=True,
                        help_text="Failings, exemptions for disproportionate burden, contents left out by law.",
                        verbose_name="what isn’t accessible",
                    ),
                ),
                (
                    "tests",
                    magazine.fields.CleanRichTextField(
                        blank=True,
                        default=magazine.statements.accessibility_tests,
                        verbose_name="how it was tested",
                    ),
                ),
                (
                    "contact",
                    models.EmailField(
                        blank=True,
                        help_text="Empty: the mail address of the contact.",
                        max_length=254,
                        verbose_name="whom to write to",
                    ),
                ),
            ],
            options={
                "verbose_name": "accessibility statement",
                "verbose_name_plural": "accessibility statements",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["not", "partly", "wholly"])),
                        name="conformity_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "not"),
                            models.Q(
                                models.Q(("tested_by", ""), _negated=True), ("rate__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="who_conforms_was_tested",
                        violation_error_message="To conform, in whole or in part, say who tested the site and how many percent of the criteria it met.",
                    ),
                ],
            },
            bases=(magazine.page_access.DeskPage, "wagtailcore.page"),
        ),
        migrations.CreateModel(
            name="HousePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                (
                    "picture_alt",
                    models.CharField(blank=True, max_length=240, verbose_name="alternative text"),
                ),
                ("body", magazine.fields.CleanRichTextField(verbose_name="text")),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="magazine.picture",
                        verbose_name="picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "page on the magazine",
                "verbose_name_plural": "pages on the magazine",
            },
            bases=(magazine.page_access.DeskPage, "wagtailcore.page"),
        ),
        migrations.CreateModel(
            name="IssueFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(max_length=200, verbose_name="name in the press storage"),
                ),
                ("size", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                ("pages", models.PositiveIntegerField(verbose_name="pages")),
                ("sha256", models.CharField(max_length=64, unique=True, verbose_name="sha256")),
                ("added_at", models.DateTimeField(auto_now_add=True, verbose_name="added on")),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "PDF of an older issue",
                "verbose_name_plural": "PDFs of older issues",
            },
        ),
        migrations.CreateModel(
            name="PastIssue",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="0 is allowed: many titles began with it.",
                        unique=True,
                        verbose_name="number",
                    ),
                ),
                (
                    "cover_date_label",
                    models.CharField(
                        help_text="As on the cover: “mid-November 2026”.",
                        max_length=60,
                        verbose_name="cover date",
                    ),
                ),
                (
                    "on_sale_date",
                    models.DateField(
                        help_text="About: the archive stands in order of years.",
                        verbose_name="on sale on",
                    ),
                ),
                (
                    "introduction",
                    magazine.fields.CleanRichTextField(blank=True, verbose_name="introduction"),
                ),
                (
                    "cover_alt",
                    models.CharField(blank=True, max_length=240, verbose_name="alternative text"),
                ),
                (
                    "cover_is_whole",
                    models.BooleanField(
                        default=True,
                        help_text="Unticked: name, number, date and cover lines are set over it.",
                        verbose_name="the picture is the whole cover",
                    ),
                ),
                (
                    "cover_lines",
                    models.TextField(
                        blank=True,
                        help_text="One a line, three or four of them.",
                        verbose_name="cover lines",
                    ),
                ),
                (
                    "ink_dark",
                    models.CharField(
                        default="#0B5A4A",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^#[0-9A-Fa-f]{6}$",
                                "Write the colour as # and six hexadecimal signs, such as #0B5A4A.",
                            )
                        ],
                        verbose_name="dark ink",
                    ),
                ),
                (
                    "ink_bright",
                    models.CharField(
                        default="#FF4F7B",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^#[0-9A-Fa-f]{6}$",
                                "Write the colour as # and six hexadecimal signs, such as #0B5A4A.",
                            )
                        ],
                        verbose_name="bright ink",
                    ),
                ),
                (
                    "cover",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="magazine.picture",
                        verbose_name="cover",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="issues",
                        to="magazine.issuefile",
                        verbose_name="PDF",
                    ),
                ),
            ],
            options={
                "verbose_name": "older issue",
                "verbose_name_plural": "older issues",
            },
            bases=(magazine.page_access.DeskPage, "wagtailcore.page"),
        ),
        migrations.CreateModel(
            name="PointOfSale",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                (
                    "region",
                    models.CharField(
                        help_text="The list is grouped by it.",
                        max_length=80,
                        verbose_name="department or country",
                    ),
                ),
                ("town", models.CharField(max_length=120, verbose_name="town")),
                ("postcode", models.CharField(blank=True, max_length=12, verbose_name="postcode")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="street")),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="For instance “closed on Mondays”.",
                        max_length=160,
                        verbose_name="to know",
                    ),
                ),
                ("url", models.URLField(blank=True, verbose_name="website")),
                ("is_open", models.BooleanField(default=True, verbose_name="shown to readers")),
            ],
            options={
                "verbose_name": "point of sale",
                "verbose_name_plural": "points of sale",
                "ordering": ["region", "town", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        Lower("name"),
                        Lower("town"),
                        name="one_shop_of_a_name_in_a_town",
                        violation_error_message="This shop is in the list already.",
                    )
                ],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="PaperOffer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("subscription", "Subscription"), ("back_issue", "Back issue")],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="For instance “One year, three issues”.",
                        max_length=120,
                        verbose_name="title",
                    ),
                ),
                (
                    "about",
                    models.CharField(blank=True, max_length=240, verbose_name="in a sentence"),
                ),
                (
                    "price",
                    magazine.fields.EurosField(
                        decimal_places=2,
                        help_text="Postage within France included.",
                        max_digits=6,
                        validators=[django.core.validators.MinValueValidator(Decimal("0"))],
                        verbose_name="price in euros",
                    ),
                ),
                (
                    "url",
                    models.URLField(
                        blank=True,
                        help_text="A shop of somebody else’s. This site takes no payment.",
                        verbose_name="where it can be ordered",
                    ),
                ),
                ("is_on_form", models.BooleanField(default=True, verbose_name="on the order form")),
                ("is_sold_out", models.BooleanField(default=False, verbose_name="sold out")),
                (
                    "issue",
                    models.ForeignKey(
                        blank=True,
                        help_text="For a back issue: its cover is shown once it is published.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="issue",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offers",
                        to="magazine.paperpage",
                    ),
                ),
            ],
            options={
                "verbose_name": "offer",
                "verbose_name_plural": "offers",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["subscription", "back_issue"])),
                        name="offer_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price__gte", 0)), name="offer_has_a_price"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PastPiece",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("kicker", models.CharField(blank=True, max_length=80, verbose_name="kicker")),
                (
                    "people",
                    models.CharField(
                        blank=True,
                        help_text="As signed then, for instance “photographs Jean Abadie”.",
                        max_length=200,
                        verbose_name="other people",
                    ),
                ),
                (
                    "first_folio",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="from page",
                    ),
                ),
                (
                    "last_folio",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="to page",
                    ),
                ),
                (
                    "contributor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="past_pieces",
                        to="magazine.contributor",
                        verbose_name="contributor",
                    ),
                ),
                (
                    "issue",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pieces",
                        to="magazine.pastissue",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="magazine.section",
                        verbose_name="section",
                    ),
                ),
            ],
            options={
                "verbose_name": "piece of an older issue",
                "verbose_name_plural": "pieces of older issues",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("first_folio", None), ("last_folio", None)),
                            models.Q(
                                ("first_folio__gte", 1),
                                models.Q(
                                    ("last_folio", None),
                                    ("last_folio__gte", models.F("first_folio")),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="past_folios_come_in_order",
                        violation_error_message="The last page comes before the first, or the first is missing.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SharingPicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.FileField(max_length=200, upload_to="", verbose_name="file")),
                ("digest", models.CharField(max_length=32, unique=True, verbose_name="digest")),
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sharing_picture",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page",
                    ),
                ),
            ],
            options={
                "verbose_name": "sharing picture",
                "verbose_name_plural": "sharing pictures",
            },
        ),
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
        migrations.RunPython(open_points_of_sale, migrations.RunPython.noop, elidable=False),
    ]
