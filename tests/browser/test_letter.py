"""A reader asks for the letter, confirms by the mail's link, and leaves by the letter's."""

import re

import pytest
from django.core import mail
from django.core.cache import cache

from magazine.letter_mail import LetterMail
from magazine.letter_sending import send_some
from magazine.letters import draft_letter_for, send
from magazine.models import Subscriber
from magazine.subscriber_mail import tell

INES = "ines@guichet.example"


@pytest.fixture(autouse=True)
def at_the_live_address(live_server, settings):
    """Links in mails lead to the live server, and nobody asked before."""
    settings.BASE_URL = live_server.url
    cache.clear()


def link(message, way):
    return re.search(rf"https?://\S+/lettre/{way}/\S+", message.body)[0]


@pytest.mark.parametrize("script", [True, False])
def test_from_asking_to_the_letter_to_leaving(reader, issue, admin_user, script):
    page = reader("/numeros/numero-7/", script=script)
    assert page.context.cookies() == []
    page.get_by_role("link", name="Recevez le prochain par courriel").click()
    page.locator("#id_mail").wait_for()
    assert page.locator("dialog[open] #id_mail").count() == script
    page.locator("#id_mail").fill("pas une adresse")
    page.keyboard.press("Enter")
    page.locator("#id_mail-error").wait_for()
    assert page.locator("#id_mail").input_value() == "pas une adresse"
    page.locator("#id_mail").fill(INES)
    page.keyboard.press("Enter")
    page.get_by_text("Regardez vos courriels.").wait_for()
    assert page.url.endswith("/numeros/numero-7/" if script else "/lettre/demande/")
    tell(Subscriber.objects.get().pk)

    page.goto(link(mail.outbox[-1], "confirmer"))
    assert Subscriber.objects.get().state == Subscriber.State.ASKED
    page.locator("main button").click()
    page.wait_for_url("**/lettre/confirmee/")

    letter = draft_letter_for(issue)
    send(letter, admin_user)
    assert send_some(letter.pk) == 1
    sent = mail.outbox[-1]
    assert sent.to == [INES]
    page.set_content(sent.alternatives[0][0])
    page.get_by_role("link", name="La file est un pacte").click()
    page.wait_for_url("**/entretiens/**")
    assert page.locator("h1").inner_text() == "La file est un pacte"

    page.goto(link(sent, "partir"))
    page.locator("main button").click()
    page.wait_for_url("**/lettre/partie/")
    assert Subscriber.objects.get().mail is None


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_no_page_of_the_letter_is_wider_than_the_window(reader, width):
    page = reader("/lettre/", width=width)
    for address in ("/lettre/", "/lettre/demande/", "/lettre/partie/", "/lettre/partir/x/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert page.locator("main button, main a").first.bounding_box()["height"] >= 24


def test_the_mail_fits_a_telephone_in_both_lights(reader, issue):
    letter = LetterMail(draft_letter_for(issue))
    for dark in (False, True):
        page = reader("/lettre/", width=320, dark=dark)
        page.set_content(letter.html())
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (ground == "rgb(255, 255, 255)") is not dark
