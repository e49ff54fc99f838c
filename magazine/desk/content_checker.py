"""Set Wagtail's content checker for what an editor can mend in French text and pictures."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.models import Page

# “Photo de…” is heard twice: a screen reader already says that it is a picture.
NAMES_THE_MEDIUM = (
    r"^(?:une?\s+)?(?:photo(?:graphie)?|image|illustration|dessin)\s+(?:d[eu]s?\b|d['’])"
)
FILE_NAME = r"\.(?:avif|gif|jpe?g|png|svg|tiff?|webp)$|_"


class ArticleChecker(ContentCheckerItem):
    """Wagtail's own rules on the article itself, and those that French editors miss most."""

    axe_include = ["main"]
    axe_run_only = [*ContentCheckerItem.axe_run_only, "image-alt", "listitem"]
    axe_custom_checks = [
        {
            "id": "check-image-alt-text",
            "options": {"pattern": f"{FILE_NAME}|{NAMES_THE_MEDIUM}"},
        },
        {"id": "check-empty-meta-description"},
    ]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        "alt-text-quality": {
            "error_name": _("The alternative text is a file name or begins with “Photo of”"),
            "help_text": _("Say what is to be seen; that it is a picture is said already."),
        },
        "image-alt": {
            "error_name": _("A picture has no alternative text"),
            "help_text": _("Say in one sentence what it shows, for those who can’t see it."),
        },
        "listitem": {
            "error_name": _("An item stands outside a list"),
            "help_text": _("Put it into a list."),
        },
    }


@hooks.register("construct_wagtail_userbar")
def check_what_editors_mend(
    request: HttpRequest, items: list[Component], page: Page | None
) -> None:
    """Put our checker in the place of Wagtail's, in the preview and in the editor alike."""
    for at, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[at] = ArticleChecker(in_editor=item.in_editor)
