"""Readers' comments: what is taken, what is shown, what is forgotten."""

import datetime as dt

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Revision

from magazine import comments
from magazine.comment_keeping import forget_comments
from magazine.comment_mail import tell_newsroom
from magazine.comment_times import set_rule
from magazine.comments import (
    AnsweredIsGone,
    CommentError,
    CommentsClosed,
    TooManyComments,
    Written,
    answer,
    comments_changed,
    erase,
    find_by_key,
    mark_spam,
    refuse,
    show,
    submit,
)
from magazine.models import Article, Comment
from magazine.models.articles import CommentsRule
from magazine.trash import throw_away


@pytest.fixture
def article(magazine):
    return magazine.article(title="La file").article_ptr


@pytest.fixture
def say(magazine, article):
    """Submit a comment: `say("Bonjour", name="Inès")`."""

    def say(text="Bonjour.", name="Inès", **fields):
        return submit(article, Written(name=name, text=text, **fields), magazine.publication)

    return say


@pytest.fixture
def heard():
    told = []

    def hear(article_id, **kwargs):
        told.append(article_id)

    comments_changed.connect(hear)
    yield told
    comments_changed.disconnect(hear)


def under(article):
    return [each.text for each in Comment.objects.shown_under(article.pk)]


def backdate(comment, **fields):
    Comment.objects.filter(pk=comment.pk).update(**fields)


def test_a_comment_waits_until_the_newsroom_shows_it(say, article, admin_user):
    kept = say("Très juste.", mail="ines@guichet.example")
    assert under(article) == []
    show(kept.comment, admin_user)
    assert under(article) == ["Très juste."]
    refuse(kept.comment, admin_user)
    assert under(article) == []


def test_the_same_words_twice_are_one_comment_and_only_its_own_form_gets_the_key(say):
    first = say(key="une-clef")
    again, other = say(key="une-clef"), say(key="une-autre")
    assert Comment.objects.count() == 1
    assert (first.key, again.key, other.key) == ("une-clef", "une-clef", "")


def test_other_words_from_the_same_form_are_a_second_comment_with_a_key_of_its_own(say):
    first, second = say(key="une-clef"), say("Autre chose.", key="une-clef")
    assert first.comment != second.comment
    assert find_by_key(second.key) == second.comment


def test_the_same_words_count_again_later(say):
    backdate(say().comment, created_at=timezone.now() - dt.timedelta(hours=1))
    say()
    assert Comment.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({"text": " \u200b\n"}, "empty"),
        ({"text": "a" * 3001}, "3001"),
        ({"text": "http://a.fr " * 3}, "3 links"),
        ({"text": "Z" + "\u0301" * 9}, "heaps"),
        ({"name": "\u202e"}, "sign"),
        ({"name": "a" * 61}, "60"),
        ({"name": "www.casino.example"}, "not with an address"),
        ({"name": "Z" + "\u0301" * 9}, "heaps"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_reason(say, settings, fields, part):
    from django.utils import translation

    with translation.override("en"), pytest.raises(CommentError, match=part):
        say(**fields)
    assert not Comment.objects.exists()


def test_an_answer_to_an_answer_stands_under_the_same_comment(say, article, admin_user):
    top = say("Un.").comment
    show(top, admin_user)
    second = say("Deux.", answers=top.pk).comment
    show(second, admin_user)
    third = say("Trois.", answers=second.pk).comment
    assert (second.parent, third.parent) == (top, top)


def test_nothing_is_answered_that_is_not_shown(say, magazine, admin_user):
    waiting = say("En attente.").comment
    elsewhere = submit(
        magazine.article().article_ptr, Written("Max", "Ailleurs."), magazine.publication
    ).comment
    show(elsewhere, admin_user)
    for pk in (waiting.pk, elsewhere.pk, 0):
        with pytest.raises(AnsweredIsGone):
            say("Réponse.", answers=pk)


def test_an_answer_disappears_with_what_it_answers(say, article, admin_user):
    top = say("Un.").comment
    show(top, admin_user)
    below = say("Deux.", answers=top.pk).comment
    show(below, admin_user)
    refuse(top, admin_user)
    assert under(article) == []
    refuse(below, admin_user)
    with pytest.raises(CommentError):
        show(below, admin_user)


def test_one_address_writes_five_in_ten_minutes(say):
    for number in range(5):
        say(f"Commentaire {number}.", address="192.0.2.1")
    with pytest.raises(TooManyComments):
        say("Un de trop.", address="192.0.2.1")
    say("Quelqu'un d'autre.", address="192.0.2.2")


def test_an_article_takes_so_many_in_ten_minutes_whoever_writes(say, monkeypatch):
    monkeypatch.setattr(comments, "MOST_UNDER_ARTICLE", 3)
    for number in range(3):
        say(f"Commentaire {number}.", address=f"192.0.2.{number}")
    with pytest.raises(TooManyComments):
        say("Un de trop.", address="192.0.2.9")


def test_no_network_address_is_kept_and_its_digest_changes_with_the_day(say, monkeypatch):
    one = say("Un.", address="192.0.2.1").comment
    tomorrow = timezone.now() + dt.timedelta(days=1)
    monkeypatch.setattr(comments.timezone, "now", lambda: tomorrow)
    two = say("Deux.", address="192.0.2.1").comment
    assert "192" not in one.address_digest
    assert one.address_digest != two.address_digest


def test_what_the_trap_caught_is_spam_of_which_nobody_is_told(say, magazine):
    magazine.publication.contact_mail = "redaction@guichet.example"
    magazine.publication.save()
    assert say(is_trapped=True).comment.state == "spam"
    assert tell_newsroom() == 0


@pytest.mark.parametrize(
    ("rule", "days_ago", "takes_any", "is_taken"),
    [
        ("by_age", 89, True, True),
        ("by_age", 91, True, False),
        ("open", 400, True, True),
        ("open", 1, False, False),
        ("closed", 1, True, False),
    ],
)
def test_an_article_takes_comments_by_its_age_and_rule(
    say, article, magazine, admin_user, rule, days_ago, takes_any, is_taken
):
    magazine.publication.takes_comments = takes_any
    Article.objects.update(published_at=timezone.now() - dt.timedelta(days=days_ago))
    set_rule(article, CommentsRule(rule), admin_user)
    if is_taken:
        assert say().comment.pk
    else:
        with pytest.raises(CommentsClosed):
            say()


def test_closing_holds_through_drafts_and_later_publications(article, admin_user):
    draft = article.specific.save_revision(user=admin_user)
    set_rule(article, CommentsRule.CLOSED, admin_user)
    Revision.objects.get(pk=draft.pk).publish()
    assert Article.objects.get(pk=article.pk).comments == CommentsRule.CLOSED


def test_the_newsroom_answers_at_once_and_shows_what_it_answers(say, article, admin_user):
    admin_user.first_name, admin_user.last_name = "Agnès", "Noiret"
    said = answer(say("Une question ?").comment, "Une réponse.", admin_user)
    assert under(article) == ["Une question ?", "Une réponse."]
    assert (said.name, said.from_newsroom, said.parent.text) == (
        "Agnès Noiret",
        True,
        "Une question ?",
    )


def test_the_newsroom_signs_with_the_title_rather_than_with_a_login(say, admin_user):
    assert answer(say().comment, "Oui.", admin_user).name == "Guichet"


def test_erasing_leaves_nothing(say, admin_user):
    kept = say(mail="ines@guichet.example")
    erase(kept.comment)
    erase(kept.comment)
    assert not Comment.objects.exists()
    assert find_by_key(kept.key) is None


def test_erasing_what_was_answered_leaves_an_empty_place_until_the_answer_goes(
    say, article, admin_user
):
    kept = say("Un secret.", mail="ines@guichet.example")
    said = answer(kept.comment, "Une réponse.", admin_user)
    erase(kept.comment)
    place = Comment.objects.get(pk=kept.comment.pk)
    assert (place.name, place.mail, place.text, place.key_digest) == ("", "", "", None)
    assert under(article) == ["", "Une réponse."]
    erase(said)
    assert not Comment.objects.exists()


def test_readers_caches_are_told_of_what_they_see_and_of_nothing_else(
    say, article, admin_user, heard, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        kept = say()
        mark_spam(kept.comment, admin_user)
    assert heard == []
    for verb in (show, show, refuse, refuse, show):
        with django_capture_on_commit_callbacks(execute=True):
            verb(Comment.objects.get(pk=kept.comment.pk), admin_user)
    with django_capture_on_commit_callbacks(execute=True):
        answer(kept.comment, "Oui.", admin_user)
    with django_capture_on_commit_callbacks(execute=True):
        erase(kept.comment)
    with django_capture_on_commit_callbacks(execute=True):
        set_rule(article, CommentsRule.CLOSED, admin_user)
    assert heard == [article.pk] * 6


def test_the_newsroom_gets_one_letter_in_ten_minutes_that_names_nobody(say, magazine, settings):
    magazine.publication.contact_mail = "redaction@guichet.example"
    magazine.publication.save()
    say("Un.", mail="ines@guichet.example")
    say("Deux.")
    assert tell_newsroom() == 2
    say("Trois.")
    assert tell_newsroom() == 0
    assert tell_newsroom(timezone.now() + dt.timedelta(minutes=11)) == 1
    assert [letter.to for letter in mail.outbox] == [["redaction@guichet.example"]] * 2
    letter = mail.outbox[0]
    assert "2" in letter.subject
    assert "La file" in letter.body
    assert "/admin/commentaires/" in letter.body
    assert "Inès" not in letter.body + letter.subject
    assert "ines@" not in letter.body


def test_a_letter_that_fails_is_written_later(say, magazine, monkeypatch):
    magazine.publication.contact_mail = "redaction@guichet.example"
    magazine.publication.save()
    say()
    monkeypatch.setattr("magazine.comment_mail._write", lambda *a: (_ for _ in ()).throw(OSError))
    with pytest.raises(OSError):
        tell_newsroom()
    monkeypatch.undo()
    assert tell_newsroom() == 1


def test_what_was_promised_is_forgotten(say, admin_user):
    now = timezone.now()
    old = now - dt.timedelta(days=400)
    refused, spam = say("Refusé.").comment, say("Pourriel.").comment
    shown, unread = say("Montré.", mail="a@b.example", address="192.0.2.1").comment, say("Lu ?")
    refuse(refused, admin_user)
    mark_spam(spam, admin_user)
    show(shown, admin_user)
    fresh = say("Neuf.", mail="c@d.example", address="192.0.2.1").comment
    backdate(refused, decided_at=now - dt.timedelta(days=92))
    backdate(spam, decided_at=now - dt.timedelta(days=80))
    backdate(shown, created_at=old)
    backdate(unread.comment, created_at=old)
    done = forget_comments()
    assert (done.comments, done.mails, done.addresses) == (2, 1, 1)
    assert set(Comment.objects.values_list("text", "mail")) == {
        ("Pourriel.", ""),
        ("Montré.", ""),
        ("Neuf.", "c@d.example"),
    }
    fresh.refresh_from_db()
    assert fresh.address_digest
    call_command("forget_comments")


def test_comments_of_articles_in_the_trash_are_no_work_of_the_desk(say, article, admin_user):
    show(say().comment, admin_user)
    throw_away(article.specific, by=admin_user)
    assert Comment.objects.on_the_desk().count() == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "?"},
        {"state": "shown"},
        {"erased_at": timezone.now()},
        {"text": ""},
        {"decided_at": timezone.now()},
    ],
)
def test_the_database_refuses_what_cannot_be(say, fields):
    comment = say().comment
    with pytest.raises(IntegrityError), transaction.atomic():
        backdate(comment, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        backdate(comment, parent=comment)
