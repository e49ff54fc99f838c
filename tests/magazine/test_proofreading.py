"""Reading an article: when its text rests, once, anew when it moves; what an editor then sees."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from django_tasks import default_task_backend

from magazine.models import Feature, HouseWord, Proofreading
from magazine.proofreading import asking, reading
from magazine.proofreading.asking import LOST, ask_reading, read_or_wait
from magazine.proofreading.dictionary import (
    Dictionary,
    DictionaryError,
    house_dictionary,
    read_list,
)
from magazine.proofreading.dismissing import dismiss
from magazine.proofreading.reading import REST, read
from magazine.proofreading.sheet import sheet_of
from magazine.proofreading.texts import texts_of
from tests.factories import (
    CaseStudyFactory,
    ContributorFactory,
    InterviewFactory,
    OrganisationFactory,
    TopicFactory,
    block,
    paragraphs,
)
from tests.magazine.desk_world import member
from tests.magazine.proofreader_far_end import far_end, finding


@pytest.fixture
def jobs():
    """The jobs that were sent, instead of run."""
    default_task_backend.clear()
    return lambda: [job for job in default_task_backend.results if job.task.name == "read_article"]


@pytest.fixture
def article(magazine):
    return magazine.article(title="La file", body=paragraphs("Il dit bonjour! Et le mot zorgle."))


def rest(article):
    """Let the text have been left alone long enough."""
    ago = timezone.now() - REST - dt.timedelta(seconds=1)
    Proofreading.objects.update_or_create(
        pk=article.pk, defaults={"state": "asked", "asked_at": ago, "due_at": ago}
    )


def read_now(article):
    rest(article)
    return read(article.pk)


def save(article, text):
    article = Feature.objects.get(pk=article.pk)
    article.body = paragraphs(text)
    article.save_revision()
    return article


def sheet(article):
    """What the desk shows of the article as it is stored now."""
    return sheet_of(Feature.objects.get(pk=article.pk))


def words(found):
    return [each.found for each in found]


def test_every_text_of_an_article_has_its_place_and_its_name(magazine):
    organisation = OrganisationFactory()
    study = magazine.article(
        CaseStudyFactory,
        title="Titre",
        standfirst="Chapeau.",
        challenge="Un défi.",
        organisation=organisation,
        body=[
            block("crosshead", text="Intertitre"),
            block("list", style="bullets", items=["<p>un</p>", "<p>deux</p>"]),
            block("pull_quote", quote="On attend.", author="Agnès", role="cheffe"),
            block("paragraph", text='<p>Fin<footnote id="a">Une note.</footnote>.</p>'),
        ],
    )
    texts = {text.label: text for text in texts_of(study)}
    assert {label: text.words for label, text in texts.items()} == {
        "Titre": "Titre",
        "Chapeau": "Chapeau.",
        "Enjeu": "Un défi.",
        "Intertitre 1 · Intertitre": "Intertitre",
        "Liste 1 · Éléments 1": "un",
        "Liste 1 · Éléments 2": "deux",
        "Exergue 1 · Citation": "On attend.",
        "Exergue 1 · Fonction": "cheffe",
        "Paragraphe 1 · Texte": "Fin.",
        "Paragraphe 1 · Texte · note 1": "Une note.",
    }
    quote = study.body[2]
    assert texts["Exergue 1 · Citation"].place == f"body.{quote.id}.quote"
    item = study.body[1].value["items"].bound_blocks[1]
    assert texts["Liste 1 · Éléments 2"].place == f"body.{study.body[1].id}.items.{item.id}"


def test_people_interviewed_are_read_by_their_role(magazine):
    interview = magazine.article(InterviewFactory)
    interview.people.create(name="Agnès", role="directeur du guichet")
    assert "directeur du guichet" in [text.words for text in texts_of(interview)]


def test_a_save_sends_one_job_however_often_it_is_repeated(
    article, jobs, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for text in ("Un.", "Deux.", "Trois."):
            save(article, text)
    (job,) = jobs()
    asked = Proofreading.objects.get(pk=article.pk)
    assert (asked.state, job.args) == ("asked", [article.pk])
    assert job.task.run_after == asked.due_at
    assert asked.asked_at >= asked.due_at - REST


def test_a_text_that_still_moves_is_read_later(article, jobs, django_capture_on_commit_callbacks):
    ask_reading(article.pk)
    with django_capture_on_commit_callbacks(execute=True):
        read_or_wait(article.pk)
    asked = Proofreading.objects.get(pk=article.pk)
    assert asked.state == "asked"
    assert jobs()[-1].task.run_after == asked.due_at == asked.asked_at + REST


def test_a_text_saved_while_it_is_read_is_read_again_and_nothing_stale_is_kept(
    article, jobs, monkeypatch
):
    rest(article)

    def type_on(texts, **options):
        ask_reading(article.pk)
        return ()

    monkeypatch.setattr(reading, "check", type_on)
    monkeypatch.setattr(reading.settings, "PROOFREADER_URL", "http://127.0.0.1:9")
    assert read(article.pk).again_at is not None
    asked = Proofreading.objects.get(pk=article.pk)
    assert (asked.state, asked.findings.count()) == ("asked", 0)


def test_a_job_that_got_lost_is_sent_again(article, jobs, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ask_reading(article.pk)
        ask_reading(article.pk)
        Proofreading.objects.update(due_at=timezone.now() - LOST - dt.timedelta(seconds=1))
        assert asking.is_lost(Proofreading.objects.get(pk=article.pk))
        assert "db_worker" in sheet(article).state
        ask_reading(article.pk)
    assert len(jobs()) == 2


def test_a_reading_that_nobody_asked_for_or_of_no_article_does_nothing(article):
    assert not read(article.pk).was_read
    ask_reading(999_999)
    assert not read(999_999).was_read
    assert not Proofreading.objects.exists()


def test_without_a_proofreader_the_typographer_reads_and_the_desk_says_so(article, settings):
    settings.PROOFREADER_URL = ""
    assert read_now(article).was_read
    shown = sheet(article)
    assert (words(shown.findings), words(shown.mends)) == ([], ["bonjour!"])
    assert "PROOFREADER_URL" in shown.state
    assert shown.mends[0].reason == "une espace insécable avant le signe"


def test_the_same_text_isn_t_sent_twice(article, settings):
    with far_end() as (settings.PROOFREADER_URL, asked):
        read_now(article)
        read_now(article)
        assert len(asked) == 1
        save(article, "Autre chose.")
        read_now(article)
    assert len(asked) == 2


def test_a_proofreader_that_is_away_leaves_the_typographer_and_the_reason(article, settings):
    settings.PROOFREADER_URL = "http://127.0.0.1:9"
    read_now(article)
    shown = sheet(article)
    assert words(shown.mends) == ["bonjour!"]
    assert shown.may_ask
    assert "joignable" in shown.state
    with far_end() as (settings.PROOFREADER_URL, asked):
        read_now(article)
    assert (len(asked), Proofreading.objects.get(pk=article.pk).state) == (1, "done")


def spelling(text, word, **fields):
    return finding(text.index(word), len(word), kind="misspelling", rule="SPELL", **fields)


@pytest.fixture
def zorgle(article, settings):
    """An article in which a word isn't known, read."""
    texts = "\n\n".join(text.words for text in texts_of(article))
    with far_end({"matches": [spelling(texts, "zorgle")]}) as (settings.PROOFREADER_URL, _asked):
        read_now(article)
    assert words(sheet(article).findings) == ["zorgle"]
    return article


def test_a_finding_that_was_corrected_is_gone_before_the_next_reading(zorgle):
    save(zorgle, "Il dit bonjour! Et le mot juste.")
    assert sheet(zorgle).findings == ()


def test_a_dismissed_finding_stays_dismissed_when_its_text_moves(zorgle, settings):
    (shown,) = sheet(zorgle).findings
    dismiss(zorgle, shown.fingerprint, by=None)
    dismiss(zorgle, shown.fingerprint, by=None)
    moved = save(zorgle, "Plus loin, on lit encore zorgle.")
    texts = "\n\n".join(text.words for text in texts_of(moved))
    with far_end({"matches": [spelling(texts, "zorgle")]}) as (settings.PROOFREADER_URL, _asked):
        read_now(zorgle)
    shown = sheet(zorgle)
    assert (words(shown.findings), words(shown.dismissed)) == ([], ["zorgle"])


def test_a_word_that_comes_again_is_shown_once_with_how_often(magazine, settings):
    article = magazine.article(body=paragraphs("Un zorgle.", "Deux zorgle."))
    texts = "\n\n".join(text.words for text in texts_of(article))
    second = texts.rindex("zorgle")
    rows = [spelling(texts, "zorgle"), finding(second, 6, kind="misspelling", rule="SPELL")]
    with far_end({"matches": rows}) as (settings.PROOFREADER_URL, _asked):
        read_now(article)
    (shown,) = sheet(article).findings
    assert shown.times == 2


def test_what_the_typographer_sets_right_the_proofreader_doesn_t_blame(magazine, settings):
    article = magazine.article(body=paragraphs("La 2ème fois , oui."))
    texts = "\n\n".join(text.words for text in texts_of(article))
    rows = [
        spelling(texts, "2ème"),
        finding(texts.index(" ,"), 2, kind="whitespace"),
        finding(texts.index("fois"), 4),
    ]
    with far_end({"matches": rows}) as (settings.PROOFREADER_URL, _asked):
        read_now(article)
    shown = sheet(article)
    assert (words(shown.findings), words(shown.mends)) == (["fois"], ["2ème", "fois ,"])


@pytest.mark.parametrize(
    ("found", "is_known"),
    [
        ("omnicanal", True),
        ("Omnicanal", True),
        ("omnicanals", True),
        ("l'omnicanal", True),
        ("OMNICANAL", True),
        ("omnicanale", False),
        ("Ndiaye", True),
        ("Farid", True),
        ("Benhadj-Ndiaye", True),
        ("Serre-Tuile", True),
        ("Delorme", True),
        ("parcours-client", True),
        ("parcours", True),
        ("zorgle", False),
        ("", False),
    ],
)
def test_the_house_knows_its_words_and_names(db, found, is_known):
    HouseWord.objects.create(word="omnicanal")
    ContributorFactory(name="Farid Benhadj")
    ContributorFactory(name="Aïssa Ndiaye", slug="aissa")
    ContributorFactory(name="Agnès Delorme-Roux", slug="agnes")
    OrganisationFactory(name="Serre-Tuile")
    TopicFactory(title="Parcours", synonyms="client\nparcours-client")
    assert (found in house_dictionary()) is is_known


def test_a_dictionary_of_nothing_knows_nothing():
    assert "mot" not in Dictionary([])


@pytest.mark.parametrize("text", ["x" * 81, "bien\n***", "\n".join(f"m{n}" for n in range(2001))])
def test_a_list_that_isn_t_one_of_words_is_refused(text):
    with pytest.raises(DictionaryError):
        read_list(text)


@pytest.fixture
def editor(client, magazine):
    client.force_login(member("editor"))
    return client


def findings_address(article):
    return reverse("article_proofreader", args=[article.pk])


def test_an_editor_adds_an_unknown_word_and_it_is_gone(editor, zorgle):
    (shown,) = sheet(zorgle).findings
    page = editor.get(findings_address(zorgle)).content.decode()
    assert "Ajouter au dictionnaire" in page
    page = editor.post(findings_address(zorgle), {"learn": shown.pk}, follow=True).content.decode()
    assert "« zorgle »" in page or "«\u202fzorgle\u202f»" in page or "zorgle" in page
    assert (HouseWord.objects.get().word, sheet(zorgle).findings) == ("zorgle", ())


def test_without_script_a_finding_is_dismissed_and_brought_back(editor, zorgle):
    (shown,) = sheet(zorgle).findings
    for verb, left in (("dismiss", 0), ("restore", 1)):
        response = editor.post(findings_address(zorgle), {verb: shown.fingerprint})
        assert response.headers["Location"] == findings_address(zorgle)
        assert len(sheet(zorgle).findings) == left


def test_the_page_leads_to_each_field(editor, zorgle):
    page = editor.get(findings_address(zorgle)).content.decode()
    place = zorgle.body[0].id
    assert f"/admin/pages/{zorgle.pk}/edit/#:w:contentpath=body.{place}.text" in page
    assert "Paragraphe 1" in page


def test_the_side_panel_is_on_the_desk_of_an_article_and_its_part_is_small(editor, zorgle):
    page = editor.get(reverse("wagtailadmin_pages:edit", args=[zorgle.pk])).content.decode()
    assert f'data-url="{findings_address(zorgle)}"' in page
    part = editor.get(findings_address(zorgle), headers={"x-requested-with": "XMLHttpRequest"})
    assert part.content.decode().lstrip().startswith("<div data-state=")
    assert "no-store" in part.headers["Cache-Control"]


def test_an_editor_asks_for_another_reading(editor, zorgle):
    editor.post(findings_address(zorgle), {"ask": "now"})
    assert Proofreading.objects.get(pk=zorgle.pk).state == "asked"


@pytest.mark.parametrize("number", ["0", "x", "9" * 40, "-1"])
def test_a_word_that_isn_t_there_is_not_learned(editor, zorgle, number):
    response = editor.post(findings_address(zorgle), {"learn": number}, follow=True)
    assert (response.status_code, HouseWord.objects.count()) == (200, 0)


def test_a_contributor_dismisses_in_their_own_draft_and_teaches_no_word(client, magazine, zorgle):
    user = member("contributor")
    client.force_login(user)
    assert client.get(findings_address(zorgle)).status_code == 404
    assert client.post(findings_address(zorgle), {"ask": "now"}).status_code == 404
    own = magazine.article(live=False, owner=user, body=paragraphs("Il dit bonjour!"))
    read_now(own)
    assert "bonjour!" in client.get(findings_address(own)).content.decode()
    (mend,) = sheet(own).mends
    client.post(findings_address(own), {"dismiss": mend.fingerprint})
    assert sheet(own).mends == ()
    assert client.post(findings_address(own), {"learn": "1"}).status_code == 404
    assert HouseWord.objects.count() == 0


def test_a_stranger_is_sent_to_log_in(client, zorgle):
    assert client.get(findings_address(zorgle)).status_code == 302


def test_a_list_of_words_is_added_and_what_was_known_is_told(editor):
    HouseWord.objects.create(word="Omnicanal")
    address = reverse("wagtailsnippets_magazine_houseword:import")
    page = editor.post(address, {"words": "omnicanal\nverbatim\n\nVerbatim\n"}, follow=True)
    assert set(HouseWord.objects.values_list("word", flat=True)) == {"Omnicanal", "verbatim"}
    assert "1" in page.content.decode()
    refused = editor.post(address, {"words": "mot\n" + "x" * 90})
    assert (refused.status_code, HouseWord.objects.count()) == (200, 2)
    assert "mot\n" in refused.content.decode().replace("\r", "")


def test_those_who_may_not_teach_find_no_list(client, magazine):
    client.force_login(member("contributor"))
    response = client.get(reverse("wagtailsnippets_magazine_houseword:import"))
    assert response.status_code in (302, 404)


def test_a_user_who_is_gone_leaves_what_they_dismissed(zorgle):
    user = get_user_model().objects.create_user("parti", "p@guichet.example", "x")
    (shown,) = sheet(zorgle).findings
    dismiss(zorgle, shown.fingerprint, by=user)
    user.delete()
    assert sheet(zorgle).findings == ()
