"""The digital edition: the demo's issue and a small one of all blocks, read by outside tools."""

import io
import json
import re
import subprocess
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from django.core.management import call_command
from django.test import override_settings
from django_tasks import default_task_backend

from magazine.models import DigitalEdition
from print.digital_links import led
from print.digital_orders import order
from print.digital_tasks import keep_up
from print.editions import find_profile, open_edition
from print.models import Advert, Placement, PressBuild, PressFile, PressProfile
from print.press_reading import colours_of
from print.shared_objects import name_font_subsets
from tests.factories import (
    ContributorFactory,
    InterviewFactory,
    PictureFactory,
    block,
    paragraphs,
    picture_file,
)

pytestmark = [pytest.mark.render, pytest.mark.django_db]
ROOT = Path(__file__).resolve().parents[2]
# What can be sent by mail: a quarter of a megabyte a page.
BYTES_A_PAGE = 262_144
TEXT = "L'attente est un métier : on y revient chaque matin, on s'y tient droit. " * 6


def output_of(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def judged(*paths):
    run = subprocess.run([ROOT / "tools/verapdf", *paths], capture_output=True, text=True)
    return run.stdout + run.stderr if run.returncode else ""


def letters(text):
    """The letters alone: numbers of notes stand in the text."""
    return re.sub(r"[\W\d_]", "", text)


def spoken(path):
    """What a screen reader says, in its order; poppler tells each piece in quotes."""
    told = output_of("pdfinfo", "-struct-text", path)
    pieces = re.findall(r'^ *"(.*?)"$', told, re.MULTILINE | re.DOTALL)
    return "".join(pieces).replace("\N{SOFT HYPHEN}", "")


def kinds(path):
    """The kinds of all tags, in order."""
    return re.findall(r"^ *(\w+)", output_of("pdfinfo", "-struct", path), re.MULTILINE)


def links(pdf):
    """Where each link leads: its page, then an address, a page or the name of a place."""
    for page in pdf.pages:
        for link in page.obj.get("/Annots", []):
            action = link.get("/A")
            if action is None:
                yield page.label, f"#{link.Dest}"
            elif "/URI" in action:
                yield page.label, str(action.URI)
            else:
                yield page.label, pikepdf.Page(action.D[0]).label


def has_alternative(item):
    return isinstance(item, pikepdf.Dictionary) and "/Alt" in item


def bookmarks(items):
    titles = [item.title.replace("\N{NO-BREAK SPACE}", " ") for item in items]
    return [
        (title, bookmarks(item.children)) if item.children else title
        for title, item in zip(titles, items, strict=True)
    ]


@pytest.fixture(scope="module")
def demo(demo_issue):
    return demo_issue.digital["path"]


@pytest.fixture
def issue(magazine):
    """A small issue that holds every kind of block, an advert, notes, and a text for paper only."""
    PressProfile.objects.update(least_extent=12, least_ppi=36, low_ppi=36)
    second = magazine.article(title="Derrière la vitre", body=paragraphs(TEXT))
    hidden = magazine.article(title="Entre nous", channel="print", body=paragraphs("Secret."))
    there = f'<a linktype="page" id="{second.pk}">un autre article</a>'
    note = '<footnote id="n1">Voir <i>Files</i>, p. 12.</footnote>'
    picture = {"image": PictureFactory(), "alt_text": "Une file", "caption": "", "credit": ""}
    first = magazine.article(
        InterviewFactory,
        title="La file est un pacte",
        by=ContributorFactory(name="Inès Carpentier", portrait=PictureFactory()),
        lead_picture=PictureFactory(),
        lead_alt="Un guichet fermé",
        body=[
            block("question_answer", question="Pourquoi ?", speaker="", answer=f"<p>{TEXT}</p>"),
            *paragraphs(f"Le pacte{note}, et {there}. {TEXT}"),
            *paragraphs('<a href="https://exemple.fr/">Un site</a>'),
            block("crosshead", text="Plus loin"),
            block("list", style="bullets", items=["<p>Un</p>", "<p>Deux</p>"]),
            block("picture", width="column", **picture),
            block("gallery", title="Galerie", pictures=[picture, picture]),
            block(
                "embed",
                url="https://video.example.org/film",
                title="Un film",
                caption="",
                still=None,
                available_until=None,
            ),
        ],
    )
    return magazine.issue(first, second, hidden, number=7, title="L'attente", slug="l-attente")


def build(*options):
    answer = io.StringIO()
    call_command("build_press", "7", "--profile", "numerique", "--json", *options, stdout=answer)
    return json.loads(answer.getvalue())


def advertise(issue):
    """Give the issue's printed edition an advert, in front of its back cover."""
    edition = open_edition(issue, find_profile("fanzine-a4"))
    file = picture_file(size=(880, 1228))
    advert = Advert(
        advertiser="Atelier Cadence",
        profile=edition.profile,
        space=Advert.Space.FULL,
        alt_text="Des chaises vides.",
    )
    from print.adverts import receive

    receive(advert, file)
    advert.file.save("advert.jpg", file)
    Placement.objects.create(edition=edition, position=1, kind=Placement.Kind.ADVERT, advert=advert)


def test_the_small_issue_holds_what_readers_may_have_and_leads_where_it_says(issue):
    advertise(issue)
    path = build()["path"]
    assert judged(path) == ""
    said = spoken(path)
    assert "Secret" not in said
    assert "Entre nous" not in said
    with pikepdf.open(path) as pdf:
        found = list(links(pdf))
        alternatives = {str(item.Alt) for item in pdf.objects if has_alternative(item)}
        places = {str(name) for name, _ in pikepdf.NameTree(pdf.Root.Names.Dests).items()}
    assert {"Des chaises vides.", "Un guichet fermé", "Une file"} <= alternatives
    addresses = [address for _page, address in found]
    assert "https://exemple.fr/" in addresses
    assert "https://video.example.org/film" in addresses
    assert {"#note-1", "#renvoi-1"} <= set(addresses)
    assert {address[1:] for address in addresses if address.startswith("#")} <= places
    rows = {
        row.entry.article.title: row for row in PressFile.objects.get().printed.all() if row.entry
    }
    second = str(rows["Derrière la vitre"].first_folio)
    from_contents = [address for page, address in found if page in ("2", "3")]
    assert second in from_contents
    first = rows["La file est un pacte"]
    inside = [
        address
        for page, address in found
        if page.isdigit() and first.first_folio <= int(page) <= first.last_folio
    ]
    assert second in inside, "an article leads to the other one"
    held = DigitalEdition.objects.get().texts.values_list("article__title", flat=True)
    assert sorted(held) == ["Derrière la vitre", "La file est un pacte"]


def test_what_is_published_orders_the_digital_edition(issue, django_capture_on_commit_callbacks):
    for page in (issue, issue.entries.get(position=1).article.specific):
        default_task_backend.clear()
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()
        asked = [each for each in default_task_backend.results if each.task == keep_up]
        assert [each.args for each in asked] == [[issue.pk]]
    ordered = order(issue.pk)
    assert ordered.edition.profile.is_digital
    assert order(issue.pk) == ordered, "one build at a time"
    PressBuild.objects.update(state=PressBuild.State.RUNNING)
    default_task_backend.clear()
    order(issue.pk)
    (later,) = default_task_backend.results
    assert later.task.run_after, "what a build has read already may be old"


@pytest.mark.parametrize("reason", ["unreleased", "web only", "no profile"])
def test_what_has_no_digital_edition_orders_none(magazine, reason):
    channel = "web" if reason == "web only" else "everywhere"
    issue = magazine.issue(magazine.article(channel=channel), live=reason != "unreleased", number=7)
    if reason == "no profile":
        PressProfile.objects.filter(slug="numerique").delete()
    assert order(issue.pk) is None
    assert not PressBuild.objects.exists()


def test_the_demo_issue_is_accessible_and_published(demo_issue, demo):
    assert judged(demo) == ""
    assert demo_issue.digital_is_published
    output_of("qpdf", "--check", demo)
    assert Path(demo).stat().st_size < demo_issue.digital["pages"] * BYTES_A_PAGE
    fonts = [line.split() for line in output_of("pdffonts", demo).splitlines()[2:]]
    assert {tuple(row[-5:-2]) for row in fonts} == {("yes", "yes", "yes")}
    facts = dict(line.split(":", 1) for line in output_of("pdfinfo", demo).splitlines())
    assert facts["Tagged"].strip() == "yes"
    with pikepdf.open(demo) as pdf:
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.Root.Lang) == "fr"


def test_the_demo_is_in_rgb_and_grey(demo):
    with pikepdf.open(demo) as pdf:
        assert {use.space for use in colours_of(pdf)} <= {"DeviceRGB", "DeviceGray"}
        assert name_font_subsets(pdf) > 0


def test_page_labels_are_the_printed_folios(demo_issue, demo):
    with pikepdf.open(demo) as pdf:
        labels = [int(page.label) for page in pdf.pages]
    assert labels == sorted(set(labels))
    missing = set(range(1, demo_issue.report["pages"] + 1)) - set(labels)
    bingo = next(each for each in demo_issue.articles if "bingo" in each.title)
    assert missing == set(bingo.folios), "what is for paper only is left out"
    for at, folio in enumerate(labels, 1):
        page = output_of("pdftotext", "-f", str(at), "-l", str(at), demo, "-")
        if "Mi-novembre 2026" in page and folio not in (1, 2, 3, labels[-1]):
            assert re.search(rf"^{folio}\b|\b{folio}$", page, re.MULTILINE)


def test_bookmarks_name_the_articles_by_section(demo):
    with pikepdf.open(demo) as pdf, pdf.open_outline() as outline:
        found = bookmarks(outline.root)
    assert found[:3] == ["Couverture", "Sommaire", ("Éditorial", ["Prenez un ticket"])]
    assert found[-2:] == ["Ours", "Quatrième de couverture"]
    assert (
        "Chroniques",
        ["Le 17 h 42", "Ce que l’hôpital m’a appris de la salle d’attente"],
    ) in found


def test_every_article_is_spoken_whole_and_in_its_order(demo_issue, demo):
    said = letters(spoken(demo))
    for article in demo_issue.articles:
        if "bingo" in article.title:
            continue
        at = [said.find(letters(paragraph)) for paragraph in article.paragraphs]
        assert -1 not in at, f"{article.title}: {article.paragraphs[at.index(-1)]}"
        # A piece that was moved to fill a page is read where it stands.
        assert sum(after < before for before, after in pairwise(at)) <= 1, article.title


def test_headings_come_in_order_and_tables_have_heads(demo):
    found = kinds(demo)
    levels = [int(kind[1]) for kind in found if re.fullmatch("H[1-6]", kind)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert {"TOC", "TOCI", "L", "LI", "LBody", "Figure", "Note", "Link", "BlockQuote"} <= set(found)


def test_divided_words_are_read_whole(demo):
    text = output_of("pdftotext", demo, "-")
    assert "\N{HYPHEN}" not in text
    assert "vingt-neuf" in text


@override_settings(BASE_URL="https://guichet.example")
def test_links_lead_to_the_edition_else_to_the_site():
    parts = {"/entretiens/la-file/": "article-1"}
    html = '<p><a class="x" href="{}">là</a></p>'
    for address, target in {
        "/entretiens/la-file/": "https://part.invalid/article-1",
        "https://guichet.example/entretiens/la-file/#plus-loin": "https://part.invalid/article-1",
        "/tribunes/autre/?a=1&amp;b=2": "https://guichet.example/tribunes/autre/?a=1&amp;b=2",
        "https://exemple.fr/entretiens/la-file/": "https://exemple.fr/entretiens/la-file/",
        "mailto:a@exemple.fr": "mailto:a@exemple.fr",
        "#note-1": "#note-1",
    }.items():
        assert led(html.format(address), parts, "https://guichet.example") == html.format(target)
