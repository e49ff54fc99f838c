"""Register the checks that the magazine makes by itself."""

from django.utils.translation import gettext_lazy as _

from magazine.checks import comments, essentials, films, links, mistyping, page_links, pictures
from magazine.checks.registry import register


def register_own() -> None:
    """Register them in the order in which an editor would look."""
    for code, label, check in (
        (essentials.MISSING_BYLINE, _("Byline"), essentials.check_byline),
        (essentials.MISSING_STANDFIRST, _("Standfirst"), essentials.check_standfirst),
        (essentials.MISSING_TEXT, _("Text"), essentials.check_text),
        (essentials.EMPTY_FIELD, _("Empty fields"), essentials.check_empty_fields),
        (essentials.MISSING_PERSON, _("People interviewed"), essentials.check_people),
        (pictures.RIGHTS_EXPIRED, _("Rights to the pictures"), pictures.check_rights),
        (pictures.MISSING_ALT, _("Alternative text"), pictures.check_alt),
        (pictures.MISSING_CREDIT, _("Credits"), pictures.check_credit),
        (pictures.MISSING_CAPTION, _("Captions"), pictures.check_caption),
        (links.DEAD_LINK, _("Links"), links.check_links),
        (page_links.LINK_TO_DRAFT, _("Links between pages"), page_links.check_page_links),
        (films.FILM_ENDS, _("Films and sounds"), films.check_films),
        (films.LOST_DOCUMENT, _("Documents"), films.check_documents),
        (comments.OPEN_COMMENT, _("Comments"), comments.check_comments),
        (mistyping.MISTYPED, _("Typing"), mistyping.check_typing),
    ):
        register(code, label, check)
