"""Write to one subscriber: confirm, you have it already, you were added."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from magazine.letter_mail import one_line, publication_of_site, reply_to, sender, whole
from magazine.models import Subscriber
from magazine.models.letters import CONFIRM_WITHIN
from magazine.subscribing import confirm_key

State = Subscriber.State


def tell(subscriber_id: int) -> bool:
    """Send the mail that fits how far somebody is; tell whether there was one to send."""
    subscriber = Subscriber.objects.with_mail().filter(pk=subscriber_id).first()
    if subscriber is None:
        return False
    publication = publication_of_site()
    what = "confirm"
    if subscriber.state == State.CONFIRMED:
        what = "added" if subscriber.note and subscriber.told_times <= 1 else "known"
    leave = whole(reverse("letter_leave", args=[subscriber.key]))
    confirm = whole(reverse("letter_confirm", args=[confirm_key(subscriber)]))
    context = {
        "what": what,
        "publication": publication,
        "address": confirm if what == "confirm" else leave,
        "days": CONFIRM_WITHIN.days,
        "site_address": f"{settings.BASE_URL}/",
    }
    with translation.override(settings.LANGUAGE_CODE):
        subject = render_to_string("website/letter/told_subject.txt", context)
        text = render_to_string("website/letter/told.txt", context).strip() + "\n"
        html = render_to_string("website/letter/told.html", context)
    message = EmailMultiAlternatives(
        one_line(subject), text, sender(publication), [subscriber.mail],
        reply_to=reply_to(publication), headers={"Auto-Submitted": "auto-replied"},
    )  # fmt: skip
    message.attach_alternative(html, "text/html")
    message.send()
    return True
