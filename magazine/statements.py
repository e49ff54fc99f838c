"""Propose the texts for which the law gives the frame, in the editor’s language."""

from django.utils.translation import gettext as _


def privacy_rights() -> str:
    """Return what readers may ask for (GDPR, articles 13 to 22), as rich text."""
    return _(
        "<p>You may ask at any time to see what we keep of you, to have it corrected or erased, "
        "to have its use limited, to take it with you, or refuse that we use it. Where we use it "
        "because you agreed, you may take that back; what was done before stays lawful. "
        "Write to us, at the address of this magazine: we answer within a month.</p>"
        "<p>If our answer doesn’t satisfy you, you may complain to the Commission nationale de "
        "l’informatique et des libertés (CNIL), 3, place de Fontenoy, TSA 80715, 75334 Paris "
        'CEDEX 07, <a href="https://www.cnil.fr/fr/plaintes">www.cnil.fr</a>.</p>'
        "<p>We sell nothing of it, lend nothing of it and make no profile of anybody. No other "
        "company’s measuring tool, advertisement or picture is on this site.</p>"
    )


def accessibility_basis() -> str:
    """Return the state of conformity of a site that nobody has audited, as rich text."""
    return _(
        "<p>No audit of all criteria has been made yet: by the rules of the RGAA the site counts "
        "as not conforming until there is one, whatever its qualities.</p>"
    )


def accessibility_tests() -> str:
    """Return how the site was tested, as rich text: what the programme's own tests hold."""
    return _(
        "<p>Every kind of page is examined by the rules of axe-core that a machine can apply, on a "
        "narrow and a wide screen, in light and dark. Journeys are gone through by keyboard alone, "
        "with and without scripts.</p><ul><li>Technologies: HTML, CSS, SVG, JavaScript (nothing "
        "needs it).</li><li>Tested with: Chromium.</li><li>Tools: axe-core, the Nu HTML checker."
        "</li></ul>"
    )
