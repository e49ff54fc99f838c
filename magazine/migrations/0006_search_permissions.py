"""Let editors help those who search, and give them the first synonyms.

Permissions and content types are made here where a fresh database doesn't hold them yet.
Made again, it changes nothing.
"""

from django.db import migrations

ALL = ("add", "change", "delete", "view")
# What editors and editors-in-chief may do: (app, model, verbs).
MODELS = (
    ("magazine", "synonymset", ALL),
    ("magazine", "questionday", ("view",)),
    ("wagtailsearchpromotions", "searchpromotion", ("add", "change", "delete")),
)
ROLES = ("Rédaction en chef", "Rédaction")
SYNONYMS = (
    ("CX", "expérience client", "relation client"),
    ("SAV", "service après-vente"),
    ("SVI", "serveur vocal", "serveur vocal interactif"),
    ("NPS", "net promoter score", "taux de recommandation"),
    ("e-mail", "courriel", "mél", "mail"),
    ("RGPD", "données personnelles"),
    ("Ehpad", "maison de retraite"),
    ("chatbot", "robot conversationnel", "agent conversationnel"),
    ("IA", "intelligence artificielle"),
    ("démarchage", "télévente", "démarchage téléphonique"),
    ("file", "queue", "file d’attente"),
    ("appli", "application"),
    ("resto", "restaurant"),
    ("bus", "autocar"),
    ("hosto", "hôpital"),
    ("LRAR", "lettre recommandée", "recommandé"),
)


def open_search(apps, schema_editor=None):
    """Give both roles what they may do."""
    groups = apps.get_model("auth", "Group").objects
    permissions = apps.get_model("auth", "Permission").objects
    kinds = apps.get_model("contenttypes", "ContentType").objects
    for role in ROLES:
        group, _created = groups.get_or_create(name=role)
        for app, model, verbs in MODELS:
            kind, _created = kinds.get_or_create(app_label=app, model=model)
            for verb in verbs:
                permission, _created = permissions.get_or_create(
                    content_type=kind,
                    codename=f"{verb}_{model}",
                    defaults={"name": f"Can {verb} {model}"},
                )
                group.permissions.add(permission)


def found_synonyms(apps, schema_editor=None):
    """Make the first sets of synonyms where there are none."""
    sets = apps.get_model("magazine", "SynonymSet").objects
    if not sets.exists():
        for terms in SYNONYMS:
            sets.create(terms="\n".join(terms))


class Migration(migrations.Migration):
    dependencies = [
        ("magazine", "0005_searching"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailsearchpromotions", "0008_query_verbose_name"),
    ]

    operations = [
        migrations.RunPython(open_search, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(found_synonyms, migrations.RunPython.noop, elidable=False),
    ]
