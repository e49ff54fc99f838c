"""The roles of the house, as the migration makes them and as a contributor meets them."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupPagePermission, Task, Workflow, WorkflowPage

from magazine import roles
from magazine.desk import access
from magazine.models import Feature
from tests.factories import PictureFactory
from tests.magazine.desk_world import GROUPS, SECRET, furnish, member

migration = import_module("magazine.migrations.0003_roles_and_workflow")


@pytest.fixture
def desk(magazine, client):
    """The furnished desk, at which a contributor sits."""
    contributor = member("contributor")
    desk = furnish(magazine, contributor, member("editor"))
    desk.user = contributor
    client.force_login(contributor)
    return desk


def test_a_fresh_house_has_its_five_roles_and_no_others(db):
    assert {group.name for group in Group.objects.all()} == set(roles.ROLES) == set(migration.ROLES)
    assert [workflow.name for workflow in Workflow.objects.all()] == [migration.WORKFLOW]


def test_made_again_nothing_changes_and_what_was_added_stays(db):
    group = Group.objects.get(name=roles.PRODUCTION)
    group.permissions.add(Permission.objects.get(codename="pass_check"))

    def counts():
        return [
            model.objects.count()
            for model in (Group, Permission, GroupPagePermission, Workflow, Task, WorkflowPage)
        ] + [sorted(group.permissions.values_list("codename", flat=True))]

    before = counts()
    for step in (migration.found_roles, migration.found_workflow, migration.retire_wagtails_own):
        step(apps)
    assert counts() == before


def test_wagtail_s_groups_stay_where_somebody_is_in_one(db):
    used, empty = (Group.objects.create(name=name) for name in migration.WAGTAILS_GROUPS)
    member("editor").groups.add(used)
    migration.retire_wagtails_own(apps)
    assert list(Group.objects.filter(pk__in=[used.pk, empty.pk])) == [used]


@pytest.mark.parametrize(
    ("role", "plans", "passes", "releases", "reads"),
    [
        ("contributor", False, False, False, False),
        ("editor", True, False, False, True),
        ("chief", True, True, True, True),
        ("production", True, False, False, True),
        ("printer", False, False, False, False),
        ("anonymous", False, False, False, False),
        ("superuser", True, True, True, True),
    ],
)
def test_who_plans_passes_releases_and_reads_every_draft(
    magazine, role, plans, passes, releases, reads
):
    user, draft = member(role), magazine.article(live=False)
    assert (access.may_plan(user), access.may_pass_checks(user)) == (plans, passes)
    assert (access.may_release(user), access.may_see_draft(user, draft)) == (releases, reads)


def test_every_role_has_a_name_in_the_tests(db):
    assert set(GROUPS.values()) == set(roles.ROLES)


@pytest.mark.parametrize(
    "address",
    [
        "wagtailadmin_explore",
        "wagtailadmin_pages:search",
        "wagtailadmin_choose_page_child",
        "wagtailadmin_choose_page_search",
        "wagtailadmin_api:pages:listing",
        "wagtailadmin_pages:type_use",
    ],
)
def test_lists_show_a_contributor_their_own_drafts_and_what_is_live(
    desk, magazine, client, address
):
    of = {
        "wagtailadmin_explore": [magazine.section.pk],
        "wagtailadmin_choose_page_child": [magazine.section.pk],
        "wagtailadmin_pages:type_use": ["magazine", "feature"],
    }
    for title in ("Mon brouillon", "Paru"):
        answer = client.get(reverse(address, args=of.get(address)), {"q": title.split()[0]})
        if "search" not in address:
            answer = client.get(reverse(address, args=of.get(address)))
        page = answer.content.decode()
        assert title in page
        assert SECRET not in page


def test_a_contributor_adds_articles_and_nothing_else(desk, magazine, client):
    def opens(parent, kind):
        address = reverse("wagtailadmin_pages:add", args=["magazine", kind, parent.pk])
        return client.get(address).status_code == 200

    assert opens(magazine.section, "feature")
    assert not opens(magazine.archive, "issue")
    assert not opens(magazine.home, "section")


def test_a_contributor_hands_an_article_over_once_it_is_live(desk, client):
    own = desk.shown["own"]
    edit = reverse("wagtailadmin_pages:edit", args=[own.pk])
    assert client.get(edit).status_code == 200
    own.save_revision().publish()
    assert client.get(edit).url == "/admin/"
    assert edit not in client.get(reverse("wagtailadmin_explore", args=[own.get_parent().pk])).text


def test_a_contributor_never_publishes(desk, client):
    own = desk.shown["own"]
    client.raise_request_exception = False
    client.post(reverse("wagtailadmin_pages:edit", args=[own.pk]), {"action-publish": "1"})
    client.post(
        reverse("wagtailadmin_api:pages:action", args=[own.pk, "publish"]),
        content_type="application/json",
        data={},
    )
    assert not Feature.objects.get(pk=own.pk).live


def test_a_contributor_chooses_among_their_own_pictures(desk, client):
    PictureFactory(title="D’une autre")
    page = client.get(reverse("wagtailimages_chooser:choose")).json()["html"]
    assert "Mon image" in page
    assert "D’une autre" not in page


def test_a_contributor_gets_the_originals_of_their_own_pictures_only(desk, client):
    theirs, foreign = (desk.arguments[name].file.name for name in ("own_picture", "picture"))
    assert client.get(f"/media/{theirs}").status_code == 200
    assert client.get(f"/media/{foreign}").status_code == 404


def test_production_reads_drafts_but_writes_none(magazine, client):
    draft = magazine.article(title="Brouillon", live=False)
    client.force_login(member("production"))
    assert client.get(reverse("wagtailadmin_pages:view_draft", args=[draft.pk])).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).url == "/admin/"


def test_pages_of_readers_ask_nobody_s_name(magazine, client):
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(magazine.article().url)
    assert not answer.cookies
    assert [each["sql"] for each in asked if "django_session" in each["sql"]] == []
