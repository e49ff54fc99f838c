"""An article changes its kind and keeps everything else."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import (
    Comment,
    GroupApprovalTask,
    Page,
    PageLogEntry,
    ReferenceIndex,
    Revision,
    Workflow,
    WorkflowTask,
)

from magazine.kind_change import KindError, change_kind, kept_in_history
from magazine.models import (
    Article,
    CaseStudy,
    Feature,
    Interview,
    InterviewedPerson,
    KeyFigure,
    Opinion,
    PlannedPiece,
)
from tests.factories import (
    CaseStudyFactory,
    ContributorFactory,
    InterviewFactory,
    OpinionFactory,
    OrganisationFactory,
    PictureFactory,
    TopicFactory,
)


@pytest.fixture
def ines(db):
    return get_user_model().objects.create_superuser("ines", "i@guichet.example", "x")


@pytest.fixture
def desk(client, ines):
    client.force_login(ines)
    return client


@pytest.fixture
def interview(magazine):
    page = magazine.article(
        InterviewFactory,
        title="La file est un pacte",
        slug="la-file",
        by=ContributorFactory(),
        about=[TopicFactory()],
        lead_picture=PictureFactory(),
        lead_alt="Une image.",
    )
    page.people.add(InterviewedPerson(name="Agnès Morel", role="guichetière"))
    page.kicker = "Entretien"
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def test_a_live_article_stays_live_at_its_address(client, interview, ines):
    changed = change_kind(interview, "feature", by=ines).article
    assert isinstance(changed, Feature)
    assert (changed.pk, changed.live, changed.has_unpublished_changes) == (
        interview.pk,
        True,
        False,
    )
    assert not Interview.objects.filter(pk=interview.pk).exists()
    page = client.get("/entretiens/la-file/")
    assert page.status_code == 200
    assert "La file est un pacte" in page.content.decode()
    assert "Agnès" not in page.content.decode()
    assert client.get(f"/a/{interview.pk}/").status_code == 301
    assert client.get(f"/api/v1/articles/{interview.pk}/").json()["kind"] == "feature"


def test_everything_that_belongs_to_it_stays(interview, magazine, ines):
    issue = magazine.issue(interview, number=8, live=False)
    PlannedPiece.objects.create(issue=issue, article=interview, title="File")
    Comment.objects.create(page=interview, user=ines, text="À relire", contentpath="title")
    workflow = Workflow.objects.create(name="Relecture")
    task = GroupApprovalTask.objects.create(name="Relire")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    state = workflow.start(interview, ines)
    versions = list(interview.revisions.values_list("pk", flat=True))
    lines = PageLogEntry.objects.filter(page=interview.pk).count()
    changed = change_kind(interview, "opinion", by=ines).article
    assert sorted(changed.revisions.values_list("pk", flat=True)) == sorted(versions)
    assert changed.bylines.count() == changed.topics.count() == 1
    assert changed.issue_entries.get().issue == issue
    assert changed.planned_pieces.get().title == "File"
    assert changed.wagtail_admin_comments.get().text == "À relire"
    assert changed.current_workflow_state == state
    assert changed.current_workflow_task.specific == task
    assert PageLogEntry.objects.filter(page=interview.pk).count() == lines + 1
    former = ContentType.objects.get_for_model(Interview)
    assert not Revision.objects.filter(content_type=former, object_id=interview.pk).exists()
    assert not PageLogEntry.objects.filter(content_type=former, page=interview.pk).exists()
    changed.current_workflow_state.current_task_state.approve(user=ines)
    assert Opinion.objects.get(pk=interview.pk).live


def test_every_version_opens_and_compares_and_can_be_taken_again(desk, interview, ines):
    interview.kicker = "Portrait"
    interview.save_revision()
    first, second = interview.revisions.order_by("pk")[1:3]
    change_kind(interview, "feature", by=ines)
    names = ("revisions_view", "revisions_revert")
    for name in names:
        address = reverse(f"wagtailadmin_pages:{name}", args=[interview.pk, first.pk])
        assert desk.get(address).status_code == 200
    address = reverse(
        "wagtailadmin_pages:revisions_compare", args=[interview.pk, first.pk, second.pk]
    )
    assert "Portrait" in desk.get(address).content.decode()
    for name in ("edit", "history", "view_draft", "usage"):
        assert (
            desk.get(reverse(f"wagtailadmin_pages:{name}", args=[interview.pk])).status_code == 200
        )
    Revision.objects.get(pk=second.pk).publish()
    assert Feature.objects.get(pk=interview.pk).kicker == "Portrait"


def test_it_is_found_and_its_pictures_know_it(interview, ines):
    changed = change_kind(interview, "feature", by=ines).article
    assert [page.pk for page in Feature.objects.all().autocomplete("pacte")] == [interview.pk]
    assert not list(Interview.objects.all().autocomplete("pacte"))
    assert [page.pk for page in Page.objects.all().autocomplete("pacte")] == [interview.pk]
    (source, _references), *others = ReferenceIndex.get_references_to(
        changed.lead_picture
    ).group_by_source_object()
    assert (source.pk, others) == (interview.pk, [])


def test_what_the_kind_had_comes_back_with_the_kind(client, interview, ines):
    (fact,) = kept_in_history(interview)
    assert (fact.label, fact.value) == ("Personnes interrogées", "Agnès Morel")
    change_kind(interview, "case_study", by=ines)
    assert not InterviewedPerson.objects.exists()
    back = change_kind(interview, "interview", by=ines)
    assert back.brought_back
    assert [person.name for person in back.article.people.all()] == ["Agnès Morel"]
    assert "Agnès Morel" in client.get("/entretiens/la-file/").content.decode()


def test_even_after_it_was_written_on_and_then_only_as_a_draft(client, interview, ines):
    changed = change_kind(interview, "feature", by=ines).article
    changed.kicker = "Récit"
    changed.save_revision().publish()
    back = change_kind(changed, "interview", by=ines)
    assert back.brought_back
    draft = back.article.get_latest_revision_as_object()
    assert [person.name for person in draft.people.all()] == ["Agnès Morel"]
    assert draft.kicker == "Récit"
    assert not InterviewedPerson.objects.exists()
    assert "Agnès Morel" not in client.get("/entretiens/la-file/").content.decode()
    draft.save_revision().publish()
    assert "Agnès Morel" in client.get("/entretiens/la-file/").content.decode()


@pytest.mark.parametrize("live", [True, False])
@pytest.mark.parametrize("kind", ["interview", "case_study", "opinion", "feature"])
@pytest.mark.parametrize("made", [InterviewFactory, CaseStudyFactory, OpinionFactory])
def test_every_kind_may_become_every_other(magazine, ines, made, kind, live):
    page = magazine.article(made, live=live)
    if kind == made._meta.model.KIND:
        with pytest.raises(KindError):
            change_kind(page, kind, by=ines)
    else:
        changed = change_kind(page, kind, by=ines).article
        assert (changed.kind, changed.live) == (kind, live)
        assert Article.objects.get(pk=page.pk).specific == changed


def test_a_case_keeps_its_figures_in_its_versions(magazine, ines):
    case = magazine.article(CaseStudyFactory, organisation=OrganisationFactory(name="Ravel"))
    case.figures.add(KeyFigure(value="38 %", label="d'appels"))
    case.save_revision()
    facts = {fact.label: fact.value for fact in kept_in_history(case)}
    assert facts == {"Organisation": "Ravel", "Chiffres clés": "38 % d'appels"}
    change_kind(case, "feature", by=ines)
    back = change_kind(case, "case_study", by=ines).article.get_latest_revision_as_object()
    assert isinstance(back, CaseStudy)
    assert (back.organisation.name, back.figures.get().value) == ("Ravel", "38 %")


def test_the_desk_asks_first_and_says_what_only_the_versions_will_keep(desk, interview):
    address = reverse("change_kind", args=[interview.pk])
    asked = desk.get(address).content.decode()
    assert "Agnès Morel" in asked
    assert Interview.objects.filter(pk=interview.pk).exists()
    edit = desk.get(reverse("wagtailadmin_pages:edit", args=[interview.pk])).content.decode()
    assert address in edit
    response = desk.post(address, {"kind": "feature"}, follow=True)
    assert Feature.objects.filter(pk=interview.pk).exists()
    assert "La file est un pacte" in response.content.decode()
    again = desk.post(address, {"kind": "poem"})
    assert again.status_code == 200
    assert Feature.objects.filter(pk=interview.pk).exists()


def test_a_locked_article_keeps_its_kind(desk, interview):
    karim = get_user_model().objects.create_user("karim")
    Page.objects.filter(pk=interview.pk).update(locked=True, locked_by=karim)
    response = desk.post(reverse("change_kind", args=[interview.pk]), {"kind": "feature"})
    assert "verrouillé" in response.content.decode()
    assert Interview.objects.filter(pk=interview.pk).exists()


def test_strangers_learn_nothing(client, interview):
    client.force_login(get_user_model().objects.create_user("karim"))
    response = client.get(reverse("change_kind", args=[interview.pk]), follow=True)
    assert "La file" not in response.content.decode()
