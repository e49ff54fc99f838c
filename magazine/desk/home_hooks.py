"""Tell editors which articles of their choice no reader sees."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.models import Page

from magazine.models import Article, Home


@hooks.register("after_edit_page")
def tell_of_hidden_choices(request: HttpRequest, page: Page) -> None:
    """Name what is left out on the home page as long as it isn't public."""
    if not isinstance(page.specific_deferred, Home):
        return
    seen = Article.objects.for_readers().order_by().values("pk")
    home = page.get_latest_revision_as_object()
    chosen = [choice.article_id for choice in home.choices.all()]
    hidden = Article.objects.filter(pk__in=chosen).exclude(pk__in=seen)
    titles = [_("“%(title)s”") % {"title": article.title} for article in hidden]
    if titles:
        told = ngettext(
            "Readers can’t see %(titles)s: the home page leaves it out until they can.",
            "Readers can’t see %(titles)s: the home page leaves them out until they can.",
            len(titles),
        )
        messages.warning(request, told % {"titles": ", ".join(titles)})
