"""What the checks tell an editor before an article is ready."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail.documents import get_document_model
from wagtail.models import Comment, CommentReply, PageLogEntry

from magazine.checks import (
    Finding,
    PassError,
    Severity,
    blocking,
    draft_of,
    findings,
    pass_finding,
    register,
    registry,
    subject_of,
    withdraw_pass,
)
from magazine.checks.links import ask_for_visits, links_of
from magazine.models import InterviewedPerson, PassedCheck, VisitedLink
from tests.factories import ContributorFactory, InterviewFactory, PictureFactory, block, paragraphs


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def author(magazine):
    return ContributorFactory(name="Inès Carpentier")


@pytest.fixture
def chief(magazine):
    return get_user_model().objects.create_superuser("ines", "ines@guichet.example", "x")


@pytest.fixture
def write(magazine, author):
    """A draft in which nothing is amiss but what a test asks for."""

    def _write(*args, **fields):
        return magazine.article(*args, **{"live": False, "by": author, **fields})

    return _write


def told(article, issue=None):
    """Code, gravity and place of each finding."""
    return [
        (each.code, str(each.severity), each.place) for each in findings(draft_of(article), issue)
    ]


def of(code, article, issue=None):
    """The findings of one check."""
    return [each for each in findings(draft_of(article), issue) if each.code == code]


def first_block(article):
    return draft_of(article).body[0]


def test_an_article_that_lacks_nothing_has_no_findings(write):
    assert told(write()) == []


def test_what_an_article_lacks_is_told_in_the_order_of_the_desk(magazine):
    article = magazine.article(live=False, standfirst=" ", body=[])
    assert told(article) == [
        ("missing_standfirst", "blocking", "standfirst"),
        ("missing_byline", "blocking", "bylines"),
        ("missing_text", "blocking", "body"),
    ]


def test_who_only_took_the_photographs_does_not_sign_the_text(magazine, author):
    article = magazine.article(live=False)
    article.bylines.create(contributor=author, role="photographs", sort_order=1)
    assert told(article) == [("missing_byline", "blocking", "bylines")]


def test_a_paid_text_names_who_pays_instead_of_an_author(magazine):
    article = magazine.article(live=False, advertiser="Banque Ravel", paid_mention="publicite")
    assert told(article) == []


def test_a_text_for_the_web_alone_leaves_a_hole_on_paper(write):
    (finding,) = findings(draft_of(write(body=paragraphs("Sur écran.", channel="web"))))
    assert (finding.code, finding.message) == (
        "missing_text",
        "All blocks are for the web only: nothing would be printed.",
    )


def test_a_field_that_a_draft_left_empty_is_named_with_its_block(write):
    article = write(body=[*paragraphs("Un."), block("crosshead", text="")])
    (finding,) = of("empty_field", article)
    crosshead = draft_of(article).body[1]
    assert (finding.place, finding.place_name) == (f"body.{crosshead.id}.text", "Crosshead 1")


def test_an_interview_of_nobody_is_pointed_out(write):
    article = write(InterviewFactory)
    assert told(article) == [("missing_person", "advisory", "people")]
    draft = draft_of(article)
    draft.people.add(InterviewedPerson(name="Agnès"))
    assert findings(draft) == []


def test_a_picture_without_words_is_held_back_at_its_own_fields(write):
    bare = PictureFactory(title="File d’attente", description="", credit="")
    article = write(
        lead_picture=bare,
        body=[
            *paragraphs("Un."),
            block("picture", image=bare, caption="", credit="", alt_text="", width="column"),
        ],
    )
    path = f"body.{draft_of(article).body[1].id}"
    assert told(article) == [
        ("missing_credit", "blocking", "lead_picture"),
        ("missing_alt", "blocking", "lead_alt"),
        ("missing_alt", "blocking", f"{path}.alt_text"),
        ("missing_credit", "blocking", f"{path}.image"),
        ("missing_caption", "advisory", "lead_caption"),
        ("missing_caption", "advisory", f"{path}.caption"),
    ]


def test_the_picture_s_own_description_and_credit_are_enough(write):
    article = write(
        lead_picture=PictureFactory(), lead_caption="La file, mardi.", body=paragraphs("Un.")
    )
    assert told(article) == []


def test_each_picture_of_a_gallery_is_looked_at(write):
    pictures = [
        {"image": PictureFactory(credit=credit), "caption": "Ici.", "credit": "", "alt_text": ""}
        for credit in ("", "Photographie Léa")
    ]
    article = write(body=[*paragraphs("Un."), block("gallery", title="", pictures=pictures)])
    (finding,) = of("missing_credit", article)
    assert finding.place_name == "Gallery 1 · 1"


@pytest.mark.parametrize(
    ("days_after_sale", "severity"), [(-1, "blocking"), (0, "advisory"), (30, "advisory")]
)
def test_rights_must_last_until_the_day_of_sale(magazine, write, days_after_sale, severity):
    sale = timezone.localdate() + dt.timedelta(days=20)
    picture = PictureFactory(rights_end=sale + dt.timedelta(days=days_after_sale))
    article = write(lead_picture=picture, lead_caption="Ici.")
    issue = magazine.issue(article, live=False, on_sale_date=sale)
    assert told(article, issue) == [("rights_expired", severity, "lead_picture")]


def test_rights_that_ended_hold_back_an_article_of_no_issue(write):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    article = write(lead_picture=PictureFactory(rights_end=yesterday), lead_caption="Ici.")
    assert told(article) == [("rights_expired", "blocking", "lead_picture")]


def test_rights_to_a_portrait_count_too(write, author):
    author.portrait = PictureFactory(rights_end=dt.date(2020, 1, 1))
    author.save()
    assert told(write()) == [("rights_expired", "blocking", "bylines")]


def test_without_an_issue_the_one_that_is_being_made_counts(magazine, write):
    sale = timezone.localdate() + dt.timedelta(days=20)
    picture = PictureFactory(rights_end=sale - dt.timedelta(days=1))
    article = write(lead_picture=picture, lead_caption="Ici.")
    magazine.issue(article, number=7, on_sale_date=sale - dt.timedelta(days=60))
    assert told(article) == [("rights_expired", "advisory", "lead_picture")]
    magazine.issue(article, number=8, live=False, on_sale_date=sale)
    assert told(article) == [("rights_expired", "blocking", "lead_picture")]


def embed(until):
    return block(
        "embed",
        url="https://film.example/1",
        title="Le film",
        still=None,
        caption="",
        available_until=until,
    )


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (dt.date(2126, 1, 1), "“Le film” can be seen until Jan. 1, 2126"),
        (dt.date(2026, 11, 1), "before the day of sale"),
    ],
)
def test_a_film_that_ends_is_pointed_out(magazine, write, until, words):
    article = write(body=[*paragraphs("Un."), embed(until)])
    issue = magazine.issue(article, live=False, on_sale_date=dt.date(2026, 11, 16))
    (finding,) = of("film_ends", article, issue)
    assert finding.severity == Severity.ADVISORY
    assert words in finding.message
    assert finding.place == f"body.{draft_of(article).body[1].id}.available_until"


@pytest.mark.parametrize(
    ("article_s", "block_s", "found"),
    [
        ("everywhere", "everywhere", []),
        ("everywhere", "print", ["blocking"]),
        ("print", "everywhere", ["blocking"]),
    ],
)
def test_paper_sends_nobody_to_a_document_that_the_site_does_not_have(
    write, article_s, block_s, found
):
    document = get_document_model().objects.create(
        title="Grille", file=ContentFile(b"%PDF-1.7", name="grille.pdf")
    )
    part = block("document", document=document, title="", description="", channel=block_s)
    article = write(channel=article_s, body=[*paragraphs("Un."), part])
    assert [str(each.severity) for each in of("lost_document", article)] == found


def comment_on(article, user, path="standfirst"):
    return Comment.objects.create(page=article, user=user, text="Sûr ?", contentpath=path)


def test_a_comment_that_nobody_answered_holds_back_until_it_is_settled(write, chief):
    article = write()
    comment = comment_on(article, chief)
    assert told(article) == [("open_comment", "blocking", "standfirst")]
    other = get_user_model().objects.create_user("lea")
    CommentReply.objects.create(comment=comment, user=other, text="Oui.")
    assert told(article) == [("open_comment", "advisory", "standfirst")]
    Comment.objects.update(resolved_at=timezone.now())
    assert told(article) == []


def test_a_comment_on_a_block_that_is_gone_holds_nothing_back(write, chief):
    article = write()
    comment_on(article, chief, path="body.6f2e9c7e-0000-4000-8000-000000000000.text")
    assert told(article) == []


def test_letters_misread_on_import_hold_back_and_other_typing_does_not(write):
    article = write(
        standfirst="L’expÃ©rience des files , c’est-à -dire l’attente.",
        body=paragraphs("Trop de marques !!! Et « sans fin."),
    )
    path = f"body.{first_block(article).id}.text"
    assert told(article) == [
        ("mistyped", "blocking", "standfirst"),
        ("mistyped", "advisory", path),
        ("mistyped", "advisory", path),
    ]


def test_the_same_fault_twice_in_a_field_is_told_once(write):
    article = write(body=paragraphs("Un !!! Deux !!! Trois !!! Quatre !!! Cinq !!!"))
    (finding,) = of("mistyped", article)
    assert finding.message.startswith("A chain of marks: “Un !!! Deux")
    assert finding.message.endswith("and 2 more")


def test_a_footnote_is_read_for_itself_and_leaves_no_fault_where_it_is_called(write):
    call = 'Un pacte<footnote id="un">Voir %s.</footnote>. Et puis.'
    assert told(write(body=paragraphs(call % "l’original"))) == []
    (finding,) = of("mistyped", write(body=paragraphs(call % "( ici)")))
    assert "( ici)" in finding.message


def test_a_link_in_a_footnote_is_a_link(write):
    note = '<footnote id="un"><a href="https://note.example/">là</a></footnote>'
    article = draft_of(write(body=paragraphs(f"Un{note}.")))
    assert [link.url for link in links_of(article)] == ["https://note.example/"]


def test_a_link_to_a_draft_is_pointed_out_unless_the_issue_brings_it_along(magazine, write):
    linked = magazine.article(live=False)
    text = f'Voir <a linktype="page" id="{linked.pk}">ailleurs</a>.'
    article = write(body=paragraphs(text))
    assert told(article) == [("link_to_draft", "advisory", f"body.{first_block(article).id}.text")]
    assert told(article, magazine.issue(article, linked, live=False)) == []


# Links outside


def linking(write, url="https://ailleurs.example/page", **fields):
    return write(body=paragraphs(f'Voir <a href="{url}">là</a>.'), **fields)


def visited(url="https://ailleurs.example/page", **answer):
    return VisitedLink.objects.create(url=url, visited_at=timezone.now(), **answer)


@pytest.mark.parametrize(
    ("answer", "severity"),
    [
        ({"status": 404}, "blocking"),
        ({"status": 410}, "blocking"),
        ({"problem": "unknown_host"}, "blocking"),
        ({"problem": "not_public"}, "blocking"),
        ({"status": 503}, "advisory"),
        ({"problem": "unreachable"}, "advisory"),
    ],
)
def test_a_link_that_led_nowhere_is_told_at_its_field(write, answer, severity):
    article = linking(write)
    visited(**answer)
    place = f"body.{first_block(article).id}.text"
    assert told(article) == [("dead_link", severity, place)]


@pytest.mark.parametrize("status", [200, 403, 429])
def test_a_link_that_answers_otherwise_is_left_alone(write, status):
    article = linking(write)
    visited(status=status)
    assert told(article) == []


def test_a_link_that_died_since_does_not_hold_back_what_readers_have(write):
    article = linking(write, live=True)
    visited(status=404)
    assert [each[1] for each in told(article)] == ["advisory"]


def test_films_and_the_original_are_links_too(write):
    article = write(body=[embed(None)], provenance_url="https://original.example/")
    assert [link.url for link in links_of(draft_of(article))] == [
        "https://film.example/1",
        "https://original.example/",
    ]


def test_saving_and_checking_ask_no_site(write, monkeypatch):
    def fail(*args, **kwargs):
        raise AssertionError("a site was asked")

    monkeypatch.setattr("socket.getaddrinfo", fail)
    article = linking(write)
    article.save_revision()
    assert told(article) == []


def test_a_job_is_asked_for_once_and_again_after_a_day(write, django_capture_on_commit_callbacks):
    article = draft_of(linking(write))
    with django_capture_on_commit_callbacks() as jobs:
        assert ask_for_visits(article) == 1
        assert ask_for_visits(article) == 0
    assert len(jobs) == 1
    now = timezone.now()
    VisitedLink.objects.update(visited_at=now, status=200)
    assert ask_for_visits(article) == 0
    long_ago = now - dt.timedelta(hours=25)
    VisitedLink.objects.update(visited_at=long_ago, asked_at=long_ago)
    assert ask_for_visits(article) == 1


def test_who_asks_again_gets_a_new_visit(write):
    article = draft_of(linking(write))
    a_minute_ago = timezone.now() - dt.timedelta(minutes=1)
    ask_for_visits(article)
    VisitedLink.objects.update(visited_at=a_minute_ago, asked_at=a_minute_ago, status=404)
    assert ask_for_visits(article) == 0
    assert ask_for_visits(article, again=True) == 1


# The registry


def one_finding(article, issue):
    yield Finding("odd", Severity.BLOCKING, "Étrange.", "Regarder.", "title", "title odd")


@pytest.fixture
def odd_check():
    """A check that always finds something."""
    register("odd", "Étrangeté", one_finding)
    yield
    registry._registered.pop("odd")


def test_a_check_that_fails_is_a_finding_and_not_an_error(write, caplog):
    def broken(article, issue):
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM no_such_table")
        yield

    register("broken", "Cassé", broken)
    try:
        (finding,) = findings(draft_of(write()))
    finally:
        registry._registered.pop("broken")
    assert (finding.severity, finding.message) == (
        Severity.BLOCKING,
        "The check “Cassé” could not be made.",
    )
    assert "no_such_table" in caplog.text


def test_a_pass_lets_one_finding_through_and_is_kept(write, chief, odd_check):
    article = write()
    assert [each.code for each in blocking(draft_of(article))] == ["odd"]
    pass_finding(article, "odd", "title odd", " Voulu par l’autrice. ", chief)
    assert blocking(draft_of(article)) == []
    (finding,) = findings(draft_of(article))
    assert (finding.passed.reason, finding.passed.passed_by) == ("Voulu par l’autrice.", chief)
    entry = PageLogEntry.objects.get(action="magazine.pass_check")
    assert entry.message == "Let a finding of “Étrangeté” pass: Voulu par l’autrice."


def test_a_pass_does_not_cover_another_fault_at_the_same_place(write, chief, odd_check):
    article = write()
    pass_finding(article, "odd", "title other", "Voulu.", chief)
    assert [each.code for each in blocking(draft_of(article))] == ["odd"]


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 601])
def test_a_pass_needs_a_reason_of_a_sensible_length(write, chief, reason):
    with pytest.raises(PassError):
        pass_finding(write(), "odd", "title odd", reason, chief)
    assert not PassedCheck.objects.exists()


def test_a_pass_is_withdrawn_once(write, chief, odd_check):
    article = write()
    pass_finding(article, "odd", "title odd", "Voulu.", chief)
    withdraw_pass(article, "odd", "title odd", chief)
    assert [each.code for each in blocking(draft_of(article))] == ["odd"]
    with pytest.raises(PassError):
        withdraw_pass(article, "odd", "title odd", chief)


def test_a_second_reason_replaces_the_first(write, chief, odd_check):
    article = write()
    for reason in ("Un.", "Deux."):
        pass_finding(article, "odd", "title odd", reason, chief)
    assert PassedCheck.objects.get().reason == "Deux."


def test_a_long_subject_is_cut_and_still_tells_facts_apart():
    long = "x" * 400
    assert len(subject_of("body.1.text", long)) <= 160
    assert subject_of("body.1.text", long) != subject_of("body.1.text", f"{long}y")


def test_a_200_block_article_asks_the_database_as_often_as_a_short_one(write):
    def asked(article):
        with CaptureQueriesContext(connection) as asked:
            assert findings(article) == []
        return [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]

    short = draft_of(write(body=paragraphs("Une phrase.")))
    long = draft_of(write(body=paragraphs(*["Une phrase. " * 20] * 200)))
    assert len(asked(long)) == len(asked(short)) < 8
