"""What is thrown away comes back within thirty days, and is out of sight meanwhile."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowTask

from magazine.models import Article, Feature, Issue, ReviewLink, TrashedPage
from magazine.trash import TrashError, delete_for_good, empty_trash, restore, throw_away
from tests.factories import ContributorFactory, SectionFactory, TopicFactory


@pytest.fixture
def ines(db):
    return get_user_model().objects.create_superuser("ines", "i@guichet.example", "x")


@pytest.fixture
def desk(client, ines):
    client.force_login(ines)
    return client


@pytest.fixture
def article(magazine):
    return magazine.article(
        title="La file est un pacte",
        slug="la-file",
        by=ContributorFactory(),
        about=[TopicFactory(title="File", slug="file")],
    )


def feature(page):
    return Feature.objects.get(pk=page.pk)


def test_a_deleted_article_goes_into_the_trash_and_comes_back_as_a_draft(desk, article, magazine):
    address = reverse("wagtailadmin_pages:delete", args=[article.pk])
    assert "30 " in desk.get(address).content.decode()
    desk.post(address)
    kept = TrashedPage.objects.get()
    assert (kept.page_id, kept.was_live, kept.trashed_by.username) == (article.pk, True, "ines")
    assert not feature(article).live
    page = desk.get(reverse("trash")).content.decode()
    assert "La file est un pacte" in page
    desk.post(reverse("trash_restore", args=[article.pk]))
    back = feature(article)
    assert (back.live, back.slug, back.get_parent().pk) == (False, "la-file", magazine.section.pk)
    assert back.bylines.count() == back.topics.count() == 1
    assert not TrashedPage.objects.exists()
    back.save_revision().publish()
    assert desk.get("/entretiens/la-file/").status_code == 200


def test_its_versions_come_back_with_it(article, ines):
    article.kicker = "Reportage"
    article.save_revision()
    count = article.revisions.count()
    throw_away(article, by=ines)
    restore(article, by=ines)
    back = feature(article)
    assert back.revisions.count() == count
    assert back.get_latest_revision_as_object().kicker == "Reportage"


def test_readers_see_nothing_of_it(client, article, ines):
    seen = ["/", "/entretiens/", "/flux.atom", "/sitemap.xml", "/api/v1/articles/", "/sujets/file/"]
    seen += ["/recherche/?q=pacte", f"/a/{article.pk}/", "/entretiens/la-file/"]
    throw_away(article, by=ines)
    for address in [*seen, f"/corbeille/{article.pk}/", f"/api/v1/articles/{article.pk}/"]:
        response = client.get(address)
        assert "La file est un pacte" not in response.content.decode(), address
        assert response.status_code in {200, 404}, address


@pytest.mark.parametrize(
    "name",
    [
        "edit",
        "view_draft",
        "move",
        "copy",
        "delete",
        "unpublish",
        "history",
        "usage",
        "preview_on_edit",
        "workflow_history",
    ],
)
def test_wagtails_views_know_it_no_more(desk, article, ines, name):
    throw_away(article, by=ines)
    response = desk.get(reverse(f"wagtailadmin_pages:{name}", args=[article.pk]))
    assert response.status_code in {302, 403, 404}
    assert "La file" not in response.content.decode()


def test_editors_lists_choosers_and_reports_show_nothing_of_it(desk, article, ines, magazine):
    throw_away(article, by=ines)
    trash = article.get_root().get_children().get(slug="corbeille")
    article = feature(article)
    addresses = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore_root"),
        reverse("wagtailadmin_explore_root") + "?q=pacte&search_all=1",
        reverse("wagtailadmin_explore", args=[trash.pk]),
        reverse("wagtailadmin_explore", args=[article.pk]),
        reverse("wagtailadmin_choose_page"),
        reverse("wagtailadmin_choose_page_child", args=[trash.pk]),
        reverse("wagtailadmin_choose_page_search") + "?q=pacte",
        reverse("wagtailadmin_reports:aging_pages"),
        reverse("wagtailadmin_reports:locked_pages"),
        "/admin/api/main/pages/?for_explorer=1&child_of=" + str(trash.pk),
    ]
    for address in addresses:
        content = desk.get(address).content.decode()
        assert "La file est un pacte" not in content, address


def test_an_article_of_a_released_issue_stays(desk, article, magazine):
    magazine.issue(article, number=7)
    address = reverse("wagtailadmin_pages:delete", args=[article.pk])
    for response in (desk.get(address, follow=True), desk.post(address, follow=True)):
        assert "a paru dans le numéro 7" in response.content.decode()
    assert feature(article).live
    assert not TrashedPage.objects.exists()


def test_an_article_of_a_planned_issue_has_to_be_taken_out_first(article, magazine, ines):
    issue = magazine.issue(article, number=8, live=False)
    with pytest.raises(TrashError, match="8"):
        throw_away(article, by=ines)
    draft = issue.get_latest_revision_as_object()
    draft.entries.clear()
    draft.save_revision()
    throw_away(article, by=ines)
    assert TrashedPage.objects.exists()


def test_nor_may_it_stand_in_the_draft_of_a_released_issues_contents(article, magazine, ines):
    issue = magazine.issue(number=7)
    draft = issue.get_latest_revision_as_object()
    draft.entries.create(article=article.article_ptr, position=1)
    draft.save_revision()
    with pytest.raises(TrashError, match="7"):
        throw_away(article, by=ines)


def test_a_section_with_articles_stays(desk, article, magazine):
    address = reverse("wagtailadmin_pages:delete", args=[magazine.section.pk])
    response = desk.post(address, follow=True)
    assert "n’est pas vide" in response.content.decode()
    assert feature(article).live


def test_an_unreleased_issue_may_go_and_come_back_with_its_contents(article, magazine, ines):
    issue = magazine.issue(article, number=8, live=False)
    throw_away(issue, by=ines)
    assert not Issue.objects.on_the_desk().filter(pk=issue.pk).exists()
    with pytest.raises(TrashError):
        throw_away(article, by=ines)
    restore(issue, by=ines)
    assert Issue.objects.on_the_desk().get(pk=issue.pk).entries.count() == 1


def test_a_released_issue_stays(magazine, ines):
    issue = magazine.issue(number=7)
    with pytest.raises(TrashError):
        throw_away(issue, by=ines)


def test_a_taken_address_is_replaced_and_said(desk, article, magazine, ines):
    throw_away(article, by=ines)
    magazine.article(title="Autre", slug="la-file")
    response = desk.post(reverse("trash_restore", args=[article.pk]), follow=True)
    assert "la-file-2" in response.content.decode()
    back = feature(article)
    assert (back.slug, back.get_latest_revision_as_object().slug) == ("la-file-2", "la-file-2")


def test_where_its_section_is_gone_another_is_chosen(desk, magazine, ines):
    section = SectionFactory(parent=magazine.home, title="Éphémère", slug="ephemere")
    article = magazine.article()
    article.move(section, pos="last-child")
    throw_away(Page.objects.get(pk=article.pk), by=ines)
    Page.objects.get(pk=section.pk).delete()
    address = reverse("trash_restore", args=[article.pk])
    assert "choisissez-en une autre" in desk.post(address, follow=True).content.decode()
    assert "Entretiens" in desk.get(reverse("trash")).content.decode()
    desk.post(address, {"into": magazine.section.pk})
    assert feature(article).get_parent().pk == magazine.section.pk


def test_a_locked_article_is_not_taken_from_whoever_locked_it(article, ines):
    article.locked = True
    article.locked_by = get_user_model().objects.create_user("karim")
    article.save()
    with pytest.raises(TrashError):
        throw_away(article, by=ines)


def test_private_addresses_are_closed_schedules_and_workflows_cancelled(article, ines):
    link = ReviewLink.objects.create(
        article=article,
        revision=article.latest_revision,
        guest="Agnès",
        key_digest="x" * 64,
        expires_at=timezone.now() + dt.timedelta(days=3),
    )
    workflow = Workflow.objects.create(name="Relecture")
    task = GroupApprovalTask.objects.create(name="Relire")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    state = workflow.start(article, ines)
    article.latest_revision.approved_go_live_at = timezone.now() + dt.timedelta(days=1)
    article.latest_revision.save()
    article.refresh_from_db()
    throw_away(Page.objects.get(pk=article.pk), by=ines)
    link.refresh_from_db()
    state.refresh_from_db()
    assert not link.is_open
    assert state.status == state.STATUS_CANCELLED
    assert not article.revisions.exclude(approved_go_live_at=None).exists()


def test_many_go_at_once_or_none(desk, magazine):
    held, first, second = magazine.article(), magazine.article(), magazine.article()
    magazine.issue(held, number=7)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    desk.post(f"{address}?id={held.pk}&id={first.pk}&next=/admin/")
    assert not TrashedPage.objects.exists()
    asked = desk.get(f"{address}?id={first.pk}&id={second.pk}&next=/admin/").content.decode()
    assert "corbeille" in asked
    desk.post(f"{address}?id={first.pk}&id={second.pk}&next=/admin/")
    assert set(TrashedPage.objects.values_list("page_id", flat=True)) == {first.pk, second.pk}


def test_after_thirty_days_it_is_deleted(article, magazine, ines, capsys):
    fresh = magazine.article()
    throw_away(article, by=ines)
    throw_away(fresh, by=ines)
    TrashedPage.objects.filter(page=article.pk).update(
        trashed_at=timezone.now() - dt.timedelta(days=31)
    )
    call_command("empty_trash")
    assert "La file est un pacte" in capsys.readouterr().out
    assert not Article.objects.filter(pk=article.pk).exists()
    assert Article.objects.filter(pk=fresh.pk).exists()


def test_what_something_still_holds_is_kept_and_said(article, magazine, ines):
    issue = magazine.issue(number=8, live=False)
    throw_away(article, by=ines)
    issue.entries.create(article=article.article_ptr, position=1)
    issue.entries.commit()
    emptied = empty_trash(dt.timedelta(0))
    assert (emptied.deleted, emptied.held) == ((), ("La file est un pacte",))
    with pytest.raises(TrashError), transaction.atomic():
        delete_for_good(article, by=ines)


@pytest.fixture
def contributor(magazine):
    """Somebody who may add, and so edit what is theirs."""
    group = Group.objects.create(name="Essai")
    add = Permission.objects.get(codename="add_page", content_type__app_label="wagtailcore")
    group.page_permissions.create(page=magazine.home, permission=add)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = get_user_model().objects.create_user("karim", "k@guichet.example", "x")
    user.groups.add(group)
    return user


def test_contributors_see_and_restore_only_their_own(client, contributor, magazine, ines):
    own, foreign = (
        magazine.article(title="À moi", live=False, owner=contributor),
        magazine.article(title="À elle", live=False, owner=ines),
    )
    client.force_login(contributor)
    client.post(reverse("wagtailadmin_pages:delete", args=[own.pk]))
    client.post(reverse("wagtailadmin_pages:delete", args=[foreign.pk]))
    assert list(TrashedPage.objects.values_list("page_id", flat=True)) == [own.pk]
    throw_away(foreign, by=ines)
    page = client.get(reverse("trash")).content.decode()
    assert "À moi" in page
    assert "À elle" not in page
    assert client.post(reverse("trash_restore", args=[foreign.pk])).status_code == 404
    assert client.get(reverse("trash_delete", args=[own.pk])).status_code == 404
    client.post(reverse("trash_restore", args=[own.pk]))
    assert feature(own).get_parent().pk == magazine.section.pk


def test_only_the_editor_in_chief_deletes_for_good_after_a_confirmation(desk, article, ines):
    throw_away(article, by=ines)
    address = reverse("trash_delete", args=[article.pk])
    assert "La file est un pacte" in desk.get(address).content.decode()
    assert Article.objects.filter(pk=article.pk).exists()
    desk.post(address)
    assert not Article.objects.filter(pk=article.pk).exists()


def test_the_trash_costs_the_same_however_full_it_is(
    desk, magazine, ines, django_assert_max_num_queries
):
    for _ in range(12):
        throw_away(magazine.article(), by=ines)
    with django_assert_max_num_queries(20):
        desk.get(reverse("trash"))
