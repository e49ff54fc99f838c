"""Tell the maker of a private address, by mail, what a guest wrote."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.users.models import UserProfile

from magazine.models import Remark
from magazine.page_access import may_see_draft


@task()
def tell_of_remark(remark_id: int) -> None:
    """Send one mail about one remark; nobody is told who may not see the draft any more."""
    remark = (
        Remark.objects.filter(pk=remark_id).select_related("link__article", "link__created_by")
    ).first()
    to = remark and remark.link.created_by
    article = remark and remark.link.article.specific
    if not to or not to.email or not to.is_active or not may_see_draft(to, article):
        return
    with translation.override(_language_of(to)):
        subject = _("Remark by %(guest)s on “%(title)s”") % {
            "guest": remark.link.guest,
            "title": article.get_admin_display_title(),
        }
        body = render_to_string(
            "magazine/desk/reviews/mail.txt",
            {
                "remark": remark,
                "guest": remark.link.guest,
                "title": article.get_admin_display_title(),
                "address": settings.WAGTAILADMIN_BASE_URL
                + reverse("article_reviews", args=[article.pk]),
            },
        )
    EmailMessage(" ".join(subject.split()), body, to=[to.email]).send()


def _language_of(user: object) -> str:
    profile = UserProfile.objects.filter(user=user).first()
    return profile.get_preferred_language() if profile else settings.LANGUAGE_CODE
