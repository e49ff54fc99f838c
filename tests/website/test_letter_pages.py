"""Readers ask for the letter, confirm and leave by pages that tell nobody who takes it."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from magazine.models import Subscriber
from magazine.subscribing import ask, confirm, confirm_key
from website.review_secrets import KEY_IN_ADDRESS

INES = "ines@guichet.example"
FORM = "/lettre/"


@pytest.fixture(autouse=True)
def fresh_cache(magazine):
    cache.clear()


@pytest.fixture
def strict():
    """A browser whose forms need their token."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def subscriber():
    ask(INES)
    return Subscriber.objects.get()


def token(browser):
    return browser.get(FORM).cookies["csrftoken"].value


def assert_kept_by_nobody(answer):
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]


def test_the_form_alone_sets_a_cookie_and_is_kept_by_no_cache(client, magazine):
    article = magazine.article()
    issue = magazine.issue(article, number=7)
    for page in ("/", issue.url, "/lettre/demande/", "/lettre/confirmee/", "/lettre/partie/"):
        answer = client.get(page)
        assert answer.status_code == 200
        assert not answer.cookies
        assert 'href="/lettre/"' in answer.content.decode()
    answer = client.get(FORM)
    assert list(answer.cookies) == ["csrftoken"]
    assert_kept_by_nobody(answer)


def test_asking_answers_the_same_whether_the_address_is_known_or_not(client, subscriber):
    confirm(confirm_key(subscriber))
    answers = [client.post(FORM, {"mail": mail}) for mail in (INES, "nouvelle@guichet.example")]
    assert [(each.status_code, each.url) for each in answers] == [(302, "/lettre/demande/")] * 2
    assert Subscriber.objects.count() == 2
    assert_kept_by_nobody(client.get("/lettre/demande/"))


def test_without_a_token_the_form_comes_back_with_what_was_typed(strict):
    answer = strict.post(FORM, {"mail": INES})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert INES in page
    assert "letter-error" in page
    assert not Subscriber.objects.exists()
    sent = {"mail": INES, "csrfmiddlewaretoken": token(strict)}
    assert strict.post(FORM, sent).status_code == 302


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ines",
        "ines@guichet.example\r\nBcc: tous@guichet.example",
        "\u202eines@guichet.example",
        "<script>alert(1)</script>@x.example",
        "i\u0301\u0302\u0303" * 60,
    ],
)
def test_what_is_no_address_comes_back_with_a_reason(client, typed):
    answer = client.post(FORM, {"mail": typed})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'aria-invalid="true"' in page
    assert 'id="id_mail-error"' in page
    assert "<script>alert" not in page
    assert not Subscriber.objects.exists()


def test_a_form_of_a_megabyte_isn_t_read(client):
    answer = client.post(FORM, {"mail": "i" * 1_000_000})
    assert answer.status_code == 413
    assert "<main" in answer.content.decode()


def test_a_robot_is_thanked_and_kept_out(client):
    answer = client.post(FORM, {"mail": INES, "site": "https://a.example"})
    assert (answer.status_code, answer.url) == (302, "/lettre/demande/")
    assert not Subscriber.objects.exists()


def test_one_place_asks_ten_times_an_hour(client):
    answers = [client.post(FORM, {"mail": f"l{n}@guichet.example"}) for n in range(12)]
    assert [each.status_code for each in answers] == [302] * 10 + [429] * 2
    assert answers[-1]["Retry-After"] == "3600"
    elsewhere = client.post(FORM, {"mail": INES}, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302


def test_a_link_that_is_only_followed_does_nothing(client, subscriber):
    for name, key in (
        ("letter_confirm", confirm_key(subscriber)),
        ("letter_leave", subscriber.key),
    ):
        address = reverse(name, args=[key])
        for method in (client.get, client.head):
            answer = method(address)
            assert answer.status_code == 200
            assert not answer.cookies
            assert_kept_by_nobody(answer)
            assert answer["Referrer-Policy"] == "no-referrer"
    assert Subscriber.objects.get().state == Subscriber.State.ASKED


def test_the_button_confirms_also_twice_and_needs_no_cookie(strict, subscriber):
    address = reverse("letter_confirm", args=[confirm_key(subscriber)])
    for _twice in range(2):
        answer = strict.post(address)
        assert (answer.status_code, answer.url) == (302, "/lettre/confirmee/")
    assert Subscriber.objects.confirmed().get() == subscriber


def test_one_click_leaves_by_a_bare_post_with_no_redirect(strict, subscriber):
    confirm(confirm_key(subscriber))
    address = reverse("letter_leave", args=[subscriber.key])
    for _twice in range(2):
        answer = strict.generic(
            "POST",
            address,
            "List-Unsubscribe=One-Click",
            content_type="application/x-www-form-urlencoded",
        )
        assert answer.status_code == 200
        assert not answer.cookies
    assert Subscriber.objects.get().mail is None


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (
            '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\n1\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
        ("", "application/x-www-form-urlencoded"),
        ("%ff%fe", "application/x-www-form-urlencoded"),
        ("x" * 1_000_000, "text/plain"),
        ("--", "multipart/form-data; boundary="),
    ],
)
def test_whatever_a_mail_program_posts_somebody_is_let_go(client, subscriber, body, kind):
    answer = client.generic("POST", f"/lettre/partir/{subscriber.key}/", body, content_type=kind)
    assert answer.status_code in {200, 302}
    assert Subscriber.objects.get().state == Subscriber.State.LEFT


@pytest.mark.parametrize("way", ["confirmer", "partir"])
@pytest.mark.parametrize("key", ["x", "%00", "%ff", "a" * 3000, "a.b.c", "é"])
def test_an_unknown_key_gets_a_page_of_the_house(client, subscriber, way, key):
    for method in (client.get, client.post):
        answer = method(f"/lettre/{way}/{key}/")
        assert answer.status_code == 404
        assert "<main" in answer.content.decode()
    assert Subscriber.objects.get().mail == INES


def test_other_methods_are_refused(client, subscriber):
    for address in (FORM, f"/lettre/partir/{subscriber.key}/"):
        assert client.delete(address).status_code == 405
    assert client.post("/lettre/demande/").status_code == 405


def test_keys_stay_out_of_the_log(subscriber):
    line = f'"POST /lettre/partir/{subscriber.key}/ HTTP/1.1" 200'
    assert subscriber.key not in KEY_IN_ADDRESS.sub(r"\1…", line)
    line = f"/lettre/confirmer/{confirm_key(subscriber)}/"
    assert subscriber.key not in KEY_IN_ADDRESS.sub(r"\1…", line)
