"""Make the roles of the house and the steps of an article; take Wagtail's own groups away.

Permissions and content types are made here where a fresh database doesn't hold them yet.
Made again, it changes nothing; what administrators added to a role stays.
"""

from django.db import migrations

EDITOR_IN_CHIEF = "Rédaction en chef"
EDITOR = "Rédaction"
CONTRIBUTOR = "Contribution"
PRODUCTION = "Fabrication"
PRINT_PARTNER = "Imprimeur"
ROLES = (EDITOR_IN_CHIEF, EDITOR, CONTRIBUTOR, PRODUCTION, PRINT_PARTNER)

# What each role may do to pages, and to pictures and documents, anywhere in their trees.
PAGES = {
    EDITOR_IN_CHIEF: ("add", "change", "publish", "bulk_delete", "lock", "unlock"),
    EDITOR: ("add", "change"),
    CONTRIBUTOR: ("add",),
    PRODUCTION: ("lock",),
}
LIBRARY = {
    EDITOR_IN_CHIEF: {
        "image": ("add", "change", "choose"),
        "document": ("add", "change", "choose"),
        "collection": ("add", "change", "delete"),
    },
    EDITOR: {"image": ("add", "change", "choose"), "document": ("add", "change", "choose")},
    CONTRIBUTOR: {"image": ("add",)},
    PRODUCTION: {"image": ("add", "change", "choose"), "document": ("add", "change", "choose")},
}
APP_OF = {"image": "wagtailimages", "document": "wagtaildocs", "collection": "wagtailcore"}

ALL = ("add", "change", "delete", "view")
ADDRESS_BOOK = ("contributor", "organisation", "topic")
# What each role may do to a model: (app, model, verbs).
MODELS = {
    EDITOR_IN_CHIEF: (
        *(("magazine", model, ALL) for model in (*ADDRESS_BOOK, "houseword")),
        ("magazine", "publication", ("change",)),
        ("magazine", "trashedpage", ("delete",)),
        ("wagtailredirects", "redirect", ALL),
    ),
    EDITOR: tuple(("magazine", model, ALL) for model in (*ADDRESS_BOOK, "houseword")),
    CONTRIBUTOR: (),
    PRODUCTION: tuple(("magazine", model, ("view",)) for model in ADDRESS_BOOK),
}

# Permissions that aren't verbs on a model: codename → (app, model, name).
OURS = {
    "access_admin": ("wagtailadmin", "admin", "Can access Wagtail admin"),
    "read_draft": ("magazine", "article", "Can read every draft"),
    "plan_issue": ("magazine", "plannedpiece", "Can plan issues on the board"),
    "pass_check": ("magazine", "passedcheck", "Can pass a blocking check with a reason"),
    "release_issue": ("magazine", "issue", "Can release issues and articles"),
}
ABILITIES = {
    EDITOR_IN_CHIEF: tuple(OURS),
    EDITOR: ("access_admin", "read_draft", "plan_issue"),
    CONTRIBUTOR: ("access_admin",),
    PRODUCTION: ("access_admin", "read_draft", "plan_issue"),
}

WORKFLOW = "De la relecture à la maquette"
STEPS = (
    ("Relecture", "reread", (EDITOR, EDITOR_IN_CHIEF)),
    ("Corrections", "corrected", (EDITOR, EDITOR_IN_CHIEF)),
    ("Prêt pour la maquette", "ready", (EDITOR_IN_CHIEF,)),
)
WAGTAILS_GROUPS = ("Editors", "Moderators")


def found_roles(apps, schema_editor=None):
    """Make the five groups and give them what they may do."""
    group_model = apps.get_model("auth", "Group")
    for role in ROLES:
        group, _created = group_model.objects.get_or_create(name=role)
        for codename in ABILITIES.get(role, ()):
            app, model, name = OURS[codename]
            group.permissions.add(_permission(apps, app, model, codename, name))
        for app, model, verbs in MODELS.get(role, ()):
            for verb in verbs:
                group.permissions.add(_permission(apps, app, model, f"{verb}_{model}"))
        _open_tree(apps, group, PAGES.get(role, ()))
        _open_library(apps, group, LIBRARY.get(role, {}))


def found_workflow(apps, schema_editor=None):
    """Lead every article through the three steps, and leave Wagtail's own workflow."""
    workflow_model = apps.get_model("wagtailcore", "Workflow")
    task_of_workflow = apps.get_model("wagtailcore", "WorkflowTask")
    group_model = apps.get_model("auth", "Group")
    step_model = apps.get_model("magazine", "Step")
    kind = _content_type(apps, "magazine", "step")
    workflow, _created = workflow_model.objects.get_or_create(name=WORKFLOW)
    for order, (name, reached, roles) in enumerate(STEPS):
        step, created = step_model.objects.get_or_create(
            name=name, defaults={"reached": reached, "content_type": kind}
        )
        if created:
            step.groups.set(group_model.objects.filter(name__in=roles))
        task_of_workflow.objects.get_or_create(
            workflow=workflow, task_id=step.pk, defaults={"sort_order": order}
        )
    for root in _roots(apps):
        apps.get_model("wagtailcore", "WorkflowPage").objects.update_or_create(
            page_id=root.pk, defaults={"workflow": workflow}
        )


def retire_wagtails_own(apps, schema_editor=None):
    """Take Wagtail's two groups and its workflow away, unless somebody uses them."""
    workflow_model = apps.get_model("wagtailcore", "Workflow")
    group_model = apps.get_model("auth", "Group")
    tasks = apps.get_model("wagtailcore", "GroupApprovalTask").objects
    for name in WAGTAILS_GROUPS:
        task_name = f"{name} approval"
        workflow_model.objects.filter(
            name=task_name, workflow_pages=None, workflow_states=None
        ).delete()
        tasks.filter(name=task_name, workflow_tasks=None, task_states=None).delete()
        used = tasks.filter(groups__name=name).exists()
        if not used:
            group_model.objects.filter(name=name, user=None).delete()


def _open_tree(apps, group, verbs):
    permission_on = apps.get_model("wagtailcore", "GroupPagePermission").objects
    for root in _roots(apps):
        for verb in verbs:
            permission = _permission(apps, "wagtailcore", "page", f"{verb}_page")
            permission_on.get_or_create(group=group, page_id=root.pk, permission=permission)


def _open_library(apps, group, verbs_of):
    permission_on = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    collections = apps.get_model("wagtailcore", "Collection").objects
    for root in collections.filter(depth=1):
        for model, verbs in verbs_of.items():
            for verb in verbs:
                permission = _permission(apps, APP_OF[model], model, f"{verb}_{model}")
                permission_on.get_or_create(group=group, collection=root, permission=permission)


def _roots(apps):
    return apps.get_model("wagtailcore", "Page").objects.filter(depth=1)


def _permission(apps, app, model, codename, name=None):
    permission, _created = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=_content_type(apps, app, model),
        codename=codename,
        defaults={"name": name or f"Can {codename.replace('_', ' ')}"},
    )
    return permission


def _content_type(apps, app, model):
    kinds = apps.get_model("contenttypes", "ContentType").objects
    return kinds.get_or_create(app_label=app, model=model)[0]


class Migration(migrations.Migration):
    dependencies = [
        ("magazine", "0002_editing_desk"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
    ]

    operations = [
        migrations.RunPython(found_roles, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(found_workflow, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(retire_wagtails_own, migrations.RunPython.noop, elidable=False),
    ]
