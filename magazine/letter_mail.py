"""Write a letter as the mail that one reader gets: HTML and plain text, with its way out."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import cached_property
from wagtail.models import Site
from wagtail.rich_text import expand_db_html

from magazine.letter_text import plain, with_whole_links, wrapped
from magazine.models import Article, Issue, Letter, Publication, Subscriber
from magazine.typography import typeset, typeset_html

COVER = "width-1120|format-jpeg|jpegquality-80"
# Stands in the composed letter where each reader's own address goes.
WAY_OUT = "https://way.out.invalid/"


@dataclass(frozen=True)
class Cover:
    """The cover as the mail shows it, from our own site."""

    address: str
    width: int
    height: int
    alt: str


class LetterMail:
    """One letter, composed once and written to each of its readers."""

    def __init__(self, letter: Letter) -> None:
        self.letter = letter

    def to(self, subscriber: Subscriber, delivery_id: int) -> EmailMultiAlternatives:
        """Return the mail for one reader, with one-click unsubscription (RFC 8058).

        Its Message-ID stays the same for one delivery, whoever sends it.
        """
        way_out = whole(reverse("letter_leave", args=[subscriber.key]))
        message = self._message(subscriber.mail or "", way_out)
        message.extra_headers |= {
            "List-Unsubscribe": f"<{way_out}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Message-ID": f"<letter-{self.letter.pk}-{delivery_id}@{host()}>",
        }
        return message

    def to_try(self, mail: str) -> EmailMultiAlternatives:
        """Return the mail as an editor tries it: its way out leads to the form of the letter."""
        return self._message(mail, whole(reverse("letter")))

    def html(self, scheme: str = "") -> str:
        """Return the HTML; `scheme` is `light` or `dark` for a preview of one of them."""
        with translation.override(settings.LANGUAGE_CODE):
            return render_to_string("website/letter/mail.html", self._context | {"scheme": scheme})

    @cached_property
    def text(self) -> str:
        """The plain text, in lines of 72 signs."""
        with translation.override(settings.LANGUAGE_CODE):
            written = render_to_string("website/letter/mail.txt", self._context)
        return written.strip() + "\n"

    @cached_property
    def subject(self) -> str:
        """The subject on one line, typeset."""
        return one_line(typeset(self.letter.subject))

    def _message(self, mail: str, way_out: str) -> EmailMultiAlternatives:
        message = EmailMultiAlternatives(
            self.subject,
            self.text.replace(WAY_OUT, way_out),
            sender(self.publication),
            [mail],
            reply_to=reply_to(self.publication),
            headers={
                "List-Id": f"<lettre.{host()}>",
                "Content-Language": settings.LANGUAGE_CODE,
                # No out-of-office answers to the whole newsroom.
                "Auto-Submitted": "auto-generated",
            },
        )
        message.attach_alternative(self._html.replace(WAY_OUT, way_out), "text/html")
        return message

    @cached_property
    def _html(self) -> str:
        return self.html()

    @cached_property
    def publication(self) -> Publication | None:
        """Who publishes."""
        return publication_of_site()

    @cached_property
    def _context(self) -> dict[str, Any]:
        letter = self.letter
        opening = with_whole_links(typeset_html(expand_db_html(letter.opening)), settings.BASE_URL)
        issue = letter.issue if letter.issue and _is_out(letter.issue) else None
        return {
            "letter": letter,
            "subject": self.subject,
            "opening": opening,
            "opening_text": plain(opening),
            "issue": issue,
            "issue_address": whole(issue.get_url() or "/") if issue else "",
            "cover": cover_of(issue) if issue else None,
            "rows": self._rows() if issue else [],
            "publication": self.publication,
            "site_address": f"{settings.BASE_URL}/",
            "way_out": WAY_OUT,
        }

    def _rows(self) -> list[dict[str, Any]]:
        """Return the contents, less what readers can't see any more."""
        rows = self.letter.shown_contents
        public = set(
            Article.objects.for_readers()
            .filter(pk__in=[row["article"] for row in rows])
            .order_by()
            .values_list("pk", flat=True)
        )
        return [
            row
            | {
                "address": whole(row["address"]),
                "standfirst_text": wrapped(typeset(row["standfirst"])),
            }
            for row in rows
            if row["article"] in public
        ]


def cover_of(issue: Issue) -> Cover | None:
    """Return the issue's cover as a JPEG of our own site, which every mail program shows."""
    if issue.cover is None:
        return None
    drawn = issue.cover.get_rendition(COVER)
    return Cover(
        address=whole(drawn.url),
        width=drawn.width,
        height=drawn.height,
        alt=issue.cover_alt or issue.cover.description,
    )


def publication_of_site() -> Publication | None:
    """Return the publication of the default site."""
    site = Site.objects.filter(is_default_site=True).first()
    return Publication.objects.filter(site=site).first() if site else None


def sender(publication: Publication | None) -> str:
    """Return who the mail is from: the publication's name, at DEFAULT_FROM_EMAIL."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    name = one_line(publication.title) if publication else name
    return formataddr((name, address))


def reply_to(publication: Publication | None) -> list[str]:
    """Return where answers go: the contact address, else to the sender."""
    return [publication.contact_mail] if publication and publication.contact_mail else []


def one_line(text: str) -> str:
    """Return a text without line breaks or control signs, fit for a mail's head."""
    return "".join(sign if sign >= " " and sign != "\x7f" else " " for sign in text).strip()


def whole(address: str) -> str:
    """Return an address with the site's host."""
    return address if "://" in address else f"{settings.BASE_URL}{address}"


def host() -> str:
    """Return the site's host, for ids of mails and of the list."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def _is_out(issue: Issue) -> bool:
    return Issue.objects.for_readers().filter(pk=issue.pk).exists()
