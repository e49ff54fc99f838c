"""A release drafts a letter, and each reader gets it once: as mail, in batches, whatever breaks."""

import smtplib
from email import policy
from email.parser import BytesParser
from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from django_tasks import default_task_backend
from wagtail.models import PageViewRestriction

from magazine import letter_sending
from magazine.letter_mail import LetterMail
from magazine.letter_sending import recover, send_some
from magazine.letter_text import plain
from magazine.letters import LetterError, draft_after_release, draft_letter_for, go_on, send, stop
from magazine.models import Letter, LetterDelivery, Subscriber
from magazine.release import mark_ready, release
from magazine.subscribing import CONSENT, digest_of, leave
from tests.factories import ContributorFactory, PictureFactory

Delivered = LetterDelivery.State


def readers(number):
    """So many who confirmed."""
    now = timezone.now()
    return Subscriber.objects.bulk_create(
        Subscriber(
            mail=f"lectrice-{n}@guichet.example",
            digest=digest_of(f"lectrice-{n}@guichet.example"),
            key=f"{n:043d}",
            state=Subscriber.State.CONFIRMED,
            asked_at=now,
            confirmed_at=now,
            consent=CONSENT,
        )
        for n in range(number)
    )


@pytest.fixture
def issue(magazine):
    magazine.publication.contact_mail = "redaction@guichet.example"
    magazine.publication.save()
    paid = magazine.article(title="Une offre", advertiser="Banque", paid_mention="publicite")
    articles = [
        magazine.article(title='Pourquoi "attendre" ?', standfirst="On attend : donc on est."),
        paid,
        magazine.article(title="Sur le papier", channel="print"),
    ]
    return magazine.issue(
        *articles,
        number=7,
        title="L'attente",
        introduction="<p>Un mot : <b>bonjour</b> !</p><ul><li>un</li><li>deux</li></ul>",
    )


@pytest.fixture
def letter(issue):
    return draft_letter_for(issue)


@pytest.fixture
def chief(admin_user):
    return admin_user


@pytest.fixture
def under_way(letter, chief):
    readers(3)
    send(letter, chief)
    return letter


class Server(EmailBackend):
    """Stands in for a mail server: `faults[n]` is raised at the nth mail."""

    faults: dict[int, Exception] = {}
    no_answer: Exception | None = None
    seen = 0

    def open(self):
        if Server.no_answer:
            raise Server.no_answer

    def send_messages(self, messages):
        Server.seen += 1
        fault = Server.faults.get(Server.seen) or Server.faults.get(0)
        if fault:
            raise fault
        return super().send_messages(messages)


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    Server.faults, Server.no_answer, Server.seen = {}, None, 0
    return Server


def states(letter):
    found = letter.deliveries.order_by("pk").values_list("state", flat=True)
    return [str(each) for each in found]


def again(letter):
    return Letter.objects.get(pk=letter.pk)


def to_whom():
    return sorted(each.to[0] for each in mail.outbox)


def parsed(message):
    return BytesParser(policy=policy.default).parsebytes(message.message().as_bytes())


def test_a_release_orders_the_draft_once_and_a_correction_none(
    magazine, django_capture_on_commit_callbacks
):
    article = magazine.article(live=False, by=ContributorFactory())
    issue = magazine.issue(article, number=8, live=False)
    mark_ready(article, article.latest_revision)
    default_task_backend.clear()
    with django_capture_on_commit_callbacks(execute=True):
        release(issue)
    ordered = [
        result.args
        for result in default_task_backend.results
        if result.task.module_path == "magazine.letter_tasks.draft_letter"
    ]
    assert ordered == [[issue.pk]]
    default_task_backend.clear()
    with django_capture_on_commit_callbacks(execute=True):
        issue.refresh_from_db()
        issue.save_revision().publish()
    assert not [r for r in default_task_backend.results if "draft_letter" in r.task.module_path]


def test_a_queue_that_is_away_fails_no_release(
    magazine, monkeypatch, django_capture_on_commit_callbacks
):
    def away(*args):
        raise ConnectionError

    article = magazine.article(live=False, by=ContributorFactory())
    issue = magazine.issue(article, number=8, live=False)
    mark_ready(article, article.latest_revision)
    monkeypatch.setattr("magazine.letter_signals.draft_letter", SimpleNamespace(enqueue=away))
    with django_capture_on_commit_callbacks(execute=True):
        release(issue)
    issue.refresh_from_db()
    assert issue.live


def test_the_draft_holds_what_readers_see_of_the_issue_and_is_made_once(issue, letter):
    assert draft_letter_for(issue) == letter
    assert letter.state == Letter.State.DRAFT
    assert "7" in letter.subject
    assert letter.subject.endswith("L'attente")
    assert [row["title"] for row in letter.contents] == ['Pourquoi "attendre" ?', "Une offre"]
    assert letter.contents[0]["ticket"] == "B 701"
    assert letter.contents[0]["address"].startswith("/entretiens/")


def test_an_issue_that_is_not_out_gets_no_letter(magazine):
    issue = magazine.issue(magazine.article(), number=9, live=False)
    with pytest.raises(LetterError):
        draft_letter_for(issue)
    draft_after_release(issue.pk)
    assert not Letter.objects.exists()


def test_the_mail_is_whole_typeset_and_says_how_to_leave(issue, letter):
    issue.cover, issue.cover_alt = PictureFactory(), "Une file d'attente."
    issue.save()
    (reader,) = readers(1)
    sent = parsed(LetterMail(again(letter)).to(reader, 12))
    leave_at = f"{django_settings.BASE_URL}/lettre/partir/{reader.key}/"
    assert sent["To"] == reader.mail
    assert sent["From"].addresses[0].display_name == "Guichet"
    assert sent["Reply-To"] == "redaction@guichet.example"
    assert sent["Subject"].endswith("\N{NO-BREAK SPACE}: L’attente")
    assert sent["List-Unsubscribe"].strip() == f"<{leave_at}>"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent["Message-ID"] == f"<letter-{letter.pk}-12@localhost>"
    assert sent.get_content_type() == "multipart/alternative"
    text_part, html_part = sent.iter_parts()
    assert [part.get_content_type() for part in (text_part, html_part)] == [
        "text/plain",
        "text/html",
    ]
    text, html = text_part.get_content(), html_part.get_content()
    for said in ("L’attente", "Pourquoi «\N{NO-BREAK SPACE}attendre\N{NO-BREAK SPACE}»", "Banque"):
        assert said in text
        assert said in html
    assert leave_at in text
    assert leave_at in html
    assert "way.out" not in text + html
    assert "- un\n- deux" in text
    assert "&" not in text
    assert "Sur le papier" not in text + html
    assert max(len(line) for line in text.splitlines() if "://" not in line) <= 72
    assert 'alt="Une file d’attente."' in html
    assert html.count("<h1") == 1
    assert '<html lang="fr">' in html


def test_nothing_in_the_mail_tells_who_opened_it(issue, letter):
    one, other = readers(2)
    letter_mail = LetterMail(letter)
    first, second = (letter_mail.to(reader, 1) for reader in (one, other))
    assert first.body.replace(one.key, "") == second.body.replace(other.key, "")
    html = first.alternatives[0][0]
    assert html.replace(one.key, "") == second.alternatives[0][0].replace(other.key, "")
    sources = [part.split('"')[0] for part in html.split('src="')[1:]]
    assert all(source.startswith(django_settings.BASE_URL) for source in sources)


def test_what_is_private_by_then_is_left_out(issue, letter):
    first = issue.entries.first().article
    PageViewRestriction.objects.create(page=first.page_ptr, restriction_type="login")
    assert "attendre" not in LetterMail(letter).text
    assert "attendre" not in LetterMail(letter).html()


def test_a_name_that_would_end_a_line_of_the_head_can_t(magazine, letter):
    magazine.publication.title = "Guichet\r\nBcc: tous@guichet.example"
    magazine.publication.save()
    (reader,) = readers(1)
    sent = parsed(LetterMail(letter).to(reader, 1))
    assert sent["Bcc"] is None
    assert sent["From"].addresses[0].addr_spec == django_settings.DEFAULT_FROM_EMAIL


def test_sending_is_for_editors_in_chief_and_only_once(letter, chief, django_user_model):
    nobody = django_user_model.objects.create_user("ines")
    readers(1)
    with pytest.raises(LetterError):
        send(letter, nobody)
    assert send(letter, chief) == 1
    with pytest.raises(LetterError):
        send(letter, chief)
    assert letter.deliveries.count() == 1


def test_a_letter_to_nobody_or_without_words_is_refused(letter, chief):
    with pytest.raises(LetterError):
        send(letter, chief)
    readers(1)
    empty = Letter.objects.create(subject="Vide")
    with pytest.raises(LetterError):
        send(empty, chief)


def test_each_reader_gets_one_mail_and_the_letter_is_sent(under_way):
    default_task_backend.clear()
    assert send_some(under_way.pk) == 3
    assert send_some(under_way.pk) == 0
    assert to_whom() == [f"lectrice-{n}@guichet.example" for n in range(3)]
    assert (again(under_way).state, states(under_way)) == (Letter.State.SENT, ["sent"] * 3)
    assert again(under_way).sent_at
    assert default_task_backend.results == []


def test_a_long_list_goes_in_batches(under_way, monkeypatch):
    monkeypatch.setattr(letter_sending, "BATCH", 2)
    default_task_backend.clear()
    send_some(under_way.pk)
    assert [result.args for result in default_task_backend.results] == [[under_way.pk]]
    assert again(under_way).state == Letter.State.SENDING
    send_some(under_way.pk)
    assert again(under_way).state == Letter.State.SENT


def test_who_leaves_while_it_is_sent_gets_nothing(under_way):
    leave(f"{1:043d}")
    send_some(under_way.pk)
    assert to_whom() == ["lectrice-0@guichet.example", "lectrice-2@guichet.example"]
    assert again(under_way).state == Letter.State.SENT


def test_a_stopped_letter_sends_nothing_until_it_goes_on(under_way, chief):
    stop(under_way, chief)
    assert send_some(under_way.pk) == 0
    with pytest.raises(LetterError):
        stop(under_way, chief)
    go_on(under_way, chief)
    assert send_some(under_way.pk) == 3


def test_a_refused_address_stops_nobody_else(under_way, server):
    server.faults = {2: smtplib.SMTPRecipientsRefused({"x": (550, b"no such mailbox")})}
    send_some(under_way.pk)
    assert states(under_way) == ["sent", "failed", "sent"]
    assert under_way.deliveries.get(state="failed").error == "550 no such mailbox"
    assert again(under_way).state == Letter.State.SENT


def test_a_server_that_says_later_is_asked_again_later(under_way, server):
    server.faults = {1: smtplib.SMTPDataError(451, b"greylisted")}
    send_some(under_way.pk)
    assert states(under_way) == ["waiting", "sent", "sent"]
    assert again(under_way).state == Letter.State.SENDING
    send_some(under_way.pk)
    assert states(under_way) == ["sent"] * 3


def test_a_line_that_breaks_under_a_mail_leaves_it_unknown_and_never_sent_again(
    under_way, server, chief
):
    server.faults = {1: smtplib.SMTPServerDisconnected("gone")}
    send_some(under_way.pk)
    assert states(under_way) == ["doubtful", "sent", "sent"]
    assert to_whom() == ["lectrice-1@guichet.example", "lectrice-2@guichet.example"]
    assert again(under_way).state == Letter.State.SENT


def test_without_a_server_the_letter_pauses_and_says_why(under_way, server, chief):
    server.no_answer = ConnectionRefusedError("nobody there")
    assert send_some(under_way.pk) == 0
    paused = again(under_way)
    assert (paused.state, states(under_way)) == (Letter.State.STOPPED, ["waiting"] * 3)
    assert "nobody there" in paused.message
    server.no_answer = None
    go_on(paused, chief)
    assert send_some(under_way.pk) == 3


def test_five_faults_in_a_row_pause_it(letter, chief, server):
    readers(8)
    send(letter, chief)
    server.faults = {0: smtplib.SMTPSenderRefused(550, b"blocked", "x")}
    send_some(letter.pk)
    assert states(letter) == ["failed"] * 5 + ["waiting"] * 3
    assert (again(letter).state, again(letter).message) == (Letter.State.STOPPED, "550 blocked")


def age(rows, seconds, *names):
    ago = timezone.now() - timezone.timedelta(seconds=seconds)
    rows.update(**dict.fromkeys(names, ago))


def test_a_letter_that_lost_its_worker_goes_on_and_what_it_held_is_unknown(under_way):
    held = under_way.deliveries.order_by("pk").first()
    LetterDelivery.objects.filter(pk=held.pk).update(state=Delivered.HANDING)
    age(LetterDelivery.objects.filter(pk=held.pk), 300, "at")
    default_task_backend.clear()
    assert recover() == 0
    age(Letter.objects.filter(pk=under_way.pk), 300, "started_at")
    assert recover() == 1
    send_some(under_way.pk)
    assert states(under_way) == ["handing", "sent", "sent"]
    assert again(under_way).state == Letter.State.SENDING
    age(LetterDelivery.objects, 700, "at")
    recover()
    age(LetterDelivery.objects, 700, "at")
    recover()
    assert states(under_way) == ["doubtful", "sent", "sent"]
    assert again(under_way).state == Letter.State.SENT
    assert "lectrice-0@guichet.example" not in to_whom()


def test_rich_text_reads_well_as_plain_text():
    html = (
        '<p>Voir <a href="https://a.example/x">la page</a> et '
        '<a href="https://b.example">https://b.example</a>.</p>'
        "<ol><li>un</li><li>deux <b>gras</b></li></ol><p>Fin<br/>vraie</p>"
    )
    assert plain(html) == (
        "Voir la page <https://a.example/x> et https://b.example.\n\n"
        "1. un\n2. deux gras\n\nFin\nvraie"
    )
