"""What tests of the press desk share: an edition, its proof, an advert, and who sits there."""

import hashlib
import io

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from PIL import Image
from wagtail.users.models import UserProfile

from magazine.models import IssueEntry
from print.editions import align_placements, find_profile, open_edition
from print.models import Advert, Placement, PressFile
from tests.magazine.desk_world import member

PDF = b"%PDF-1.7 a file for the press"
Kind = Placement.Kind


def small_edition(magazine):
    """An edition of two articles that was never built."""
    first = magazine.article(title="La file")
    second = magazine.article(title="Le guichet")
    issue = magazine.issue(first, second, number=7, title="L'attente")
    edition = open_edition(issue, find_profile("fanzine-a4"))
    align_placements(edition)
    return edition


def sit_down(client, role):
    """Log a role of the house in, in English."""
    user = member(role)
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = "en"
    profile.save()
    client.force_login(user)
    return client


def keep(edition, *, errors=0, **fields):
    """A press file of two pages with its pictures, as a build leaves it."""
    sha256 = hashlib.sha256(PDF).hexdigest()
    folder = f"n7/{edition.profile.slug}/{sha256}"
    for name, content in (
        (f"{folder}.pdf", PDF),
        (f"{folder}/page-1.jpg", picture(300, 400, "JPEG")),
        (f"{folder}/ink-1.png", picture(30, 40, "PNG")),
        (f"{folder}/plate.pdf", PDF),
    ):
        storages["press"].save(name, ContentFile(content))
    finding = {
        "rule": "C-SAFETY", "severity": "error" if errors else "warning",
        "title": "Text stands too near the trim", "remedy": "Move it.", "source": "Couture",
        "page": 1, "found": "1 mm", "wanted": "5 mm", "place": "page", "box": [60, 60, 160, 80],
    }  # fmt: skip
    page = {"media": [0, 0, 600, 800], "product": [50, 50, 550, 750]}
    report = {
        "variant": "GWG 2022 SheetCMYK", "pages": 2, "errors": errors,
        "warnings": int(not errors), "passed": ["R0001"], "findings": [finding],
        "facts": [{"number": 1, **page}, {"number": 2, **page}],
    }  # fmt: skip
    facts = {
        "inputs_digest": sha256, "sha256": sha256, "name": f"{folder}.pdf", "pages": 2,
        "size": len(PDF), "seconds": 1, "errors": errors, "warnings": int(not errors),
        "report": report,
    }  # fmt: skip
    made = PressFile.objects.create(edition=edition, **{**facts, **fields})
    made.supplements.create(
        role="plate", ink="Riso Blue", name=f"{folder}/plate.pdf", sha256=sha256, size=len(PDF)
    )
    made.printed.create(kind=Kind.COVER, first_folio=1, last_folio=1)
    entry = IssueEntry.objects.filter(issue=edition.issue).first()
    made.printed.create(kind=Kind.ARTICLE, entry=entry, first_folio=4, last_folio=6)
    return made


def picture(width, height, form):
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "#0b5a4a").save(buffer, form)
    return buffer.getvalue()


def advert_for(profile, title="Prenez place"):
    return Advert.objects.create(
        title=title, advertiser="Ravel", profile=profile, space="full", alt_text="Une chaise.",
        file=ContentFile(PDF, name="advert.pdf"), sha256=hashlib.sha256(PDF).hexdigest(),
        report={"errors": 0, "warnings": 1},
    )  # fmt: skip


def text(answer):
    return answer.content.decode()
