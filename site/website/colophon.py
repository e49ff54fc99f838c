"""List what the law has a periodical say of itself, in the words of the publication's fields."""

from dataclasses import dataclass

from magazine.models import Publication

# Loi du 29 juillet 1881 and loi 86-897 for the title, LCEN article 6 for its site.
GROUPS = (
    (
        *("publisher", "legal_form", "capital", "registration", "seat"),
        *("legal_representative", "main_associates"),
    ),
    ("publication_director", "editor_responsible"),
    ("contact_mail", "contact_phone", "contact_address", "contact_handle"),
    ("frequency", "printer", "printer_address", "paper", "issn", "cppap"),
    ("host",),
)


@dataclass(frozen=True)
class Line:
    """One field of the colophon: its name, and what it says."""

    name: str
    label: str
    text: str


def colophon_of(publication: Publication | None) -> list[list[Line]]:
    """Return the groups of fields that are filled in, each in order; none is left empty."""
    groups = [[_line(publication, name) for name in group] for group in GROUPS]
    return [lines for group in groups if (lines := [line for line in group if line.text])]


def _line(publication: Publication | None, name: str) -> Line:
    label = str(Publication._meta.get_field(name).verbose_name)
    return Line(name=name, label=label, text=str(getattr(publication, name, "") or ""))
