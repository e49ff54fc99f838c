"""Let production and the editor-in-chief work the press, and editors look at it."""

from django.db import migrations

ALL = ("add", "change", "delete", "view")
LOOK = ("view",)
# What each role may do to a model of the press; contributors and print partners: nothing.
WORK = {
    "pressprofile": ALL,
    "advert": ALL,
    "edition": ("add", "change", "view"),
    "pressbuild": ("add", "change", "view"),
}
MAY = {
    "Rédaction en chef": WORK,
    "Fabrication": WORK,
    "Rédaction": dict.fromkeys(WORK, LOOK),
}


def open_press(apps, schema_editor=None):
    """Give each role what it may do; made again, it changes nothing."""
    groups = apps.get_model("auth", "Group").objects
    permissions = apps.get_model("auth", "Permission").objects
    kinds = apps.get_model("contenttypes", "ContentType").objects
    for role, verbs_of in MAY.items():
        group, _created = groups.get_or_create(name=role)
        for model, verbs in verbs_of.items():
            kind, _created = kinds.get_or_create(app_label="print", model=model)
            for verb in verbs:
                permission, _created = permissions.get_or_create(
                    content_type=kind,
                    codename=f"{verb}_{model}",
                    defaults={"name": f"Can {verb} {model}"},
                )
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("magazine", "0003_roles_and_workflow"),
        ("print", "0002_the_press"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(open_press, migrations.RunPython.noop, elidable=False)]
