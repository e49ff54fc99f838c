"""The newsroom reads comments, decides on one or many, answers, closes them under an article."""

import pytest
from django.urls import reverse

from magazine.comments import Written, erase, show, submit
from magazine.models import Article, Comment
from tests.magazine.desk_world import member


@pytest.fixture
def said(magazine):
    article = magazine.article(title="La file").article_ptr

    def said(text, name="Inès", **fields):
        written = Written(name=name, text=text, **fields)
        return submit(article, written, magazine.publication).comment

    return said


@pytest.fixture
def desk(client, magazine):
    client.force_login(member("editor"))
    return client


def bulk(verb, *comments, **more):
    numbers = "&".join(f"id={each.pk}" for each in comments)
    return reverse("wagtail_bulk_action", args=["magazine", "comment", verb]) + f"?{numbers}"


def state(comment):
    return Comment.objects.get(pk=comment.pk).state


def test_the_list_is_held_to_a_state_and_an_article_and_can_be_searched(desk, said, magazine):
    waiting, shown = said("Encore en attente."), said("Déjà affiché.")
    other = magazine.article(title="Le serveur vocal").article_ptr
    submit(other, Written("Max", "Ailleurs."), magazine.publication)
    show(shown, None)

    def listed(query):
        page = desk.get(f"{reverse('comments')}{query}").content.decode()
        return [text for text in ("Encore", "Déjà", "Ailleurs") if text in page]

    assert listed("") == ["Encore", "Déjà", "Ailleurs"]
    assert listed("?state=waiting") == ["Encore", "Ailleurs"]
    assert listed("?state=shown") == ["Déjà"]
    assert listed(f"?article={waiting.article_id}") == ["Encore", "Déjà"]
    assert listed("?q=ailleurs") == ["Ailleurs"]
    assert desk.get(reverse("comments_results")).status_code == 200


def test_the_menu_counts_what_waits(desk, said):
    home = reverse("wagtailadmin_home")
    assert "Commentaires (" not in desk.get(home).content.decode()
    said("Un."), said("Deux.")
    assert "Commentaires (2)" in desk.get(home).content.decode()


@pytest.mark.parametrize(
    ("verb", "then"), [("show", "shown"), ("refuse", "refused"), ("spam", "spam")]
)
def test_many_are_decided_on_at_once(desk, said, verb, then):
    both = said("Un."), said("Deux.")
    asked = desk.get(bulk(verb, *both))
    assert "Deux." in asked.content.decode()
    assert [state(each) for each in both] == ["waiting", "waiting"]
    assert desk.post(bulk(verb, *both)).url == reverse("comments")
    assert [state(each) for each in both] == [then, then]


def test_many_are_erased_at_once(desk, said):
    desk.post(bulk("erase", said("Un."), said("Deux.")))
    assert not Comment.objects.exists()


def test_an_answer_is_shown_together_with_what_it_answers(desk, said):
    top = said("Un.")
    show(top, None)
    below = said("Deux.", answers=top.pk)
    Comment.objects.filter(pk=top.pk).update(state="waiting", decided_at=None)
    desk.post(bulk("show", below, top))
    assert [state(top), state(below)] == ["shown", "shown"]


def test_an_answer_alone_says_why_it_stays_hidden(desk, said):
    top = said("Un.", name="Zoé")
    show(top, None)
    below = said("Deux.", answers=top.pk)
    Comment.objects.filter(pk=top.pk).update(state="waiting", decided_at=None)
    page = desk.post(bulk("show", below), follow=True)
    assert state(below) == "waiting"
    assert "Zoé" in page.content.decode()


def test_odd_numbers_and_erased_comments_are_unknown(desk, said):
    gone = said("Un.")
    erase(gone)
    for address in (bulk("show", gone), bulk("show") + "id=x&id=99999999999999999999"):
        assert desk.get(address).status_code == 404
        assert desk.post(address).status_code == 404
    assert desk.get(reverse("comment", args=[gone.pk])).status_code == 404


def test_one_comment_is_decided_on_answered_and_erased(desk, said):
    comment = said("Une question ?", mail="ines@guichet.example")
    address = reverse("comment", args=[comment.pk])
    page = desk.get(address).content.decode()
    assert "Une question ?" in page
    assert "ines@guichet.example" in page
    desk.post(address, {"verb": "refuse"})
    assert state(comment) == "refused"
    wrong = desk.post(address, {"text": "\u202e \u200b"})
    assert wrong.status_code == 200
    desk.post(address, {"text": "Une réponse."})
    assert state(comment) == "shown"
    assert Comment.objects.get(from_newsroom=True).parent == comment
    desk.post(address, {"verb": "erase"})
    comment.refresh_from_db()
    assert (comment.name, comment.text, comment.mail) == ("", "", "")
    assert desk.post(address, {"verb": "?"}).status_code == 404


def test_comments_are_closed_at_once(desk, said):
    article = said("Un.").article
    address = reverse("article_comments", args=[article.pk])
    assert desk.get(address).status_code == 200
    desk.post(address, {"rule": "closed"})
    assert Article.objects.get(pk=article.pk).comments == "closed"
    assert desk.post(address, {"rule": "?"}).status_code == 200
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    assert address in desk.get(edit).content.decode()


@pytest.mark.parametrize("role", ["contributor", "production"])
def test_who_does_not_moderate_knows_of_nothing(client, said, role):
    comment = said("Un secret.")
    client.force_login(member(role))
    addresses = [
        reverse("comments"),
        reverse("comments_results"),
        reverse("comment", args=[comment.pk]),
        reverse("article_comments", args=[comment.article_id]),
    ]
    for address in addresses:
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
    for verb in ("show", "refuse", "spam", "erase"):
        # Wagtail's own door, and its own way to refuse.
        assert client.post(bulk(verb, comment)).url == reverse("wagtailadmin_home")
    assert "commentaires/" not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert state(comment) == "waiting"
