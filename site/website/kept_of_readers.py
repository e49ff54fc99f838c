"""Tell what is kept of readers and how long, from the constants by which it is forgotten."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from magazine.comment_keeping import ADDRESS_FOR, MAIL_FOR, REFUSED_FOR, UNREAD_FOR
from magazine.models import PrivacyNotice
from magazine.models.letters import CONFIRM_WITHIN, LEFT_FOR
from magazine.review import MOST_DAYS

A_YEAR = 365


@dataclass(frozen=True)
class Kept:
    """One thing that is kept: what, why, on which ground (GDPR, article 6), how long."""

    what: str
    why: str
    ground: str
    how_long: tuple[str, ...]


@dataclass(frozen=True)
class KeptFor:
    """What one thing that readers may do leaves behind."""

    title: str
    rows: tuple[Kept, ...]


def all_that_is_kept(notice: PrivacyNotice) -> list[KeptFor]:
    """Return everything, by what readers do."""
    return [
        KeptFor(_("Reading"), (_log(notice),)),
        KeptFor(_("Commenting"), _comments()),
        KeptFor(_("Taking the letter"), _letter()),
        KeptFor(_("Searching"), (_questions(),)),
        KeptFor(_("Rereading a draft, at our invitation"), (_review(),)),
    ]


def cookies() -> list[Kept]:
    """Return the cookies that this site may set: none before a reader writes to us."""
    return [
        Kept(
            settings.CSRF_COOKIE_NAME,
            _(
                "So that nobody else’s site can send a form in your name. Set by the pages on "
                "which one writes or subscribes, by no other."
            ),
            _("necessary"),
            (span(dt.timedelta(seconds=settings.CSRF_COOKIE_AGE)),),
        )
    ]


def span(time: dt.timedelta) -> str:
    """Write a time in words: “1 year”, “91 days”, “24 hours”."""
    days = time.days
    if days and days % A_YEAR == 0:
        return ngettext("%(number)s year", "%(number)s years", days // A_YEAR) % {
            "number": days // A_YEAR
        }
    if days > 1:
        return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}
    hours = round(time.total_seconds() / 3600)
    return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}


def _log(notice: PrivacyNotice) -> Kept:
    how_long = span(dt.timedelta(days=notice.log_days)) if notice.log_days else _("not kept")
    return Kept(
        _("The web server’s log: network address, page asked for, hour"),
        _("To keep the site running and find out about attacks"),
        _("our legitimate interest"),
        (how_long,),
    )


def _comments() -> tuple[Kept, ...]:
    agreed = _("your consent")
    return (
        Kept(
            _("Name and text of a comment"),
            _("To show it under the article, once the editors have read it"),
            agreed,
            (
                _("shown: until you erase it, by the link that you were given, or ask us to"),
                _("refused: %(span)s") % {"span": span(REFUSED_FOR)},
                _("not read by the editors: %(span)s") % {"span": span(UNREAD_FOR)},
            ),
        ),
        Kept(
            _("Mail address, if you gave one"),
            _("To answer you; it is shown nowhere"),
            agreed,
            (span(MAIL_FOR),),
        ),
        Kept(
            _("Digest of the network address"),
            _("To slow down those who send hundreds; the address itself isn’t kept"),
            _("our legitimate interest"),
            (span(ADDRESS_FOR),),
        ),
    )


def _letter() -> tuple[Kept, ...]:
    return (
        Kept(
            _("Mail address, day of your consent"),
            _("To send you the letter, without any tracker"),
            _("your consent"),
            (
                _("confirmed: until you leave, in one click, at the foot of every letter"),
                _("not confirmed: %(span)s") % {"span": span(CONFIRM_WITHIN)},
            ),
        ),
        Kept(
            _("After you left: a digest of the address, which tells nobody what it was"),
            _("So that nobody puts you on the list again without asking you"),
            _("our legitimate interest"),
            (span(LEFT_FOR),),
        ),
    )


def _questions() -> Kept:
    return Kept(
        _("The words that were looked for, without anything on who looked"),
        _("To mend the search and know what readers miss"),
        _("nothing personal"),
        (span(dt.timedelta(days=settings.WAGTAILSEARCH_HITS_MAX_AGE)),),
    )


def _review() -> Kept:
    return Kept(
        _("Name of the person invited, and their remarks"),
        _("To correct the draft with them"),
        _("our legitimate interest"),
        (
            _("the link: %(span)s at most") % {"span": span(dt.timedelta(days=MOST_DAYS))},
            _("the remarks: as long as the article"),
        ),
    )
