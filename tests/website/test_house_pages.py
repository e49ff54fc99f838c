"""Pages beside the articles: archive, older issues, organisations, the paper, and the house."""

import datetime as dt
import io
from decimal import Decimal

import pikepdf
import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageViewRestriction

from magazine.comment_keeping import MAIL_FOR
from magazine.models import (
    AccessibilityStatement,
    CaseStudy,
    Contributor,
    HousePage,
    InterviewedPerson,
    PaperOffer,
    PaperPage,
    PastIssue,
    PastPiece,
    PointOfSale,
    PrivacyNotice,
)
from magazine.past_issues import take_in
from magazine.statements import accessibility_basis, privacy_rights
from tests.factories import (
    CaseStudyFactory,
    ContributorFactory,
    FeatureFactory,
    InterviewFactory,
    OrganisationFactory,
    PictureFactory,
    SectionFactory,
    TopicFactory,
)
from website.kept_of_readers import span


def pdf(pages=2):
    made = pikepdf.new()
    for _page in range(pages):
        made.add_blank_page(page_size=(297, 420))
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def page(parent, model, *, live=True, **fields):
    made = parent.add_child(instance=model(live=False, **fields))
    revision = made.save_revision()
    if live:
        revision.publish()
    made.refresh_from_db()
    return made


def past(magazine, number=3, *, live=True, file=None, **fields):
    known = {"title": "Le prix", "slug": f"numero-{number}-jadis", "cover_date_label": "Mars 2024"}
    known |= {"on_sale_date": dt.date(2024, 3, 1), "file": file, **fields}
    return page(magazine.archive, PastIssue, live=live, number=number, **known)


def hide(held):
    PageViewRestriction.objects.create(page=held.page_ptr, restriction_type="login")


def text(response):
    """What the page says, with common spaces."""
    return response.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def main(response):
    return text(response).split("<main")[1].split("</main>")[0]


# The archive


def test_archive_stands_by_year_and_reveals_no_issue_in_the_making(client, magazine):
    magazine.issue(magazine.article(), number=7, title="L'attente", slug="sept")
    magazine.issue(magazine.article(live=False), number=8, title="Le silence", live=False)
    past(magazine, 3)
    past(magazine, 2, live=False, title="Un brouillon")
    hide(past(magazine, 1, title="Un secret"))
    shown = text(client.get("/numeros/"))
    assert shown.index("annee-2026") < shown.index("annee-2024")
    assert "Le prix" in shown
    assert not any(title in shown for title in ("Le silence", "Un brouillon", "Un secret"))


@pytest.mark.parametrize(("address", "most"), [("/numeros/", 24), ("/numeros/sept/", 44)])
def test_forty_issues_cost_a_fixed_number_of_questions(
    client, magazine, django_assert_max_num_queries, address, most
):
    articles = [magazine.article(lead_picture=PictureFactory()) for _ in range(20)]
    magazine.issue(*articles, number=70, slug="sept", cover=PictureFactory())
    for number in range(1, 40):
        past(magazine, number, cover=PictureFactory())
    client.get(address)
    cache.clear()
    with django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200


# Issues


def test_contents_stand_by_section_with_neighbours(client, magazine):
    magazine.issue(magazine.article(title="La file"), number=7, slug="sept")
    before = past(magazine, 5, title="Le comptoir")
    past(magazine, 6, live=False, title="Le brouillon")
    shown = main(client.get("/numeros/sept/"))
    assert shown.index("Entretiens") < shown.index("La file")
    assert before.get_url() in shown
    assert "Le brouillon" not in shown


def test_old_contents_name_people_sections_and_pages(client, magazine):
    person = ContributorFactory(name="Agnès Marchand", slug="agnes")
    issue = past(magazine)
    issue.pieces.add(
        PastPiece(
            title="La craie",
            contributor=person,
            people="photographies Jean Abadie",
            section=magazine.section,
            first_folio=4,
            last_folio=6,
        )
    )
    issue.save_revision().publish()
    shown = text(client.get(issue.get_url()))
    for told in ("La craie", "Agnès Marchand", "Jean Abadie", "4-6", "Entretiens"):
        assert told in shown
    hide(magazine.section)
    assert "Entretiens" not in text(client.get(issue.get_url()))
    # Who wrote only then has a page too, and leaves it when the issue does.
    assert "La craie" in text(client.get("/signatures/agnes/"))
    assert client.get("/flux/signature/agnes.atom").status_code == 200
    issue.unpublish()
    assert client.get("/signatures/agnes/").status_code == 404
    assert client.get("/flux/signature/agnes.atom").status_code == 404


def test_pdf_of_an_older_issue_is_public_as_long_as_the_issue_is(client, magazine):
    issue = past(magazine, file=take_in(io.BytesIO(pdf()), None))
    address = f"{issue.get_url()}numero-3.pdf"
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="guichet-n3.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert client.get(address, headers={"If-None-Match": response["ETag"]}).status_code == 304
    part = client.get(address, headers={"Range": "bytes=0-3"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"%PDF")
    hide(issue)
    cache.clear()
    assert client.get(address).status_code == 404
    PageViewRestriction.objects.all().delete()
    issue.unpublish()
    cache.clear()
    assert client.get(address).status_code == 404


def test_draft_s_new_pdf_is_not_the_one_that_readers_get(client, magazine):
    issue = past(magazine, file=take_in(io.BytesIO(pdf(2)), None))
    issue.file = take_in(io.BytesIO(pdf(5)), None)
    issue.save_revision()
    address = f"{issue.get_url()}numero-3.pdf"
    sent = b"".join(client.get(address).streaming_content)
    assert len(pikepdf.open(io.BytesIO(sent)).pages) == 2


@pytest.mark.parametrize("slug", ["numero-3", "numéro-zéro-davant"])
def test_readers_leaf_through_pages_once_they_are_drawn(client, magazine, slug):
    kept = take_in(io.BytesIO(pdf()), None)
    issue = past(magazine, file=kept, slug=slug)
    assert client.get(f"{issue.get_url()}numero-3.pdf").status_code == 200
    address = f"{issue.get_url()}feuilleter-3/"
    assert client.get(address).status_code == 404
    call_command("prepare_pages")
    cache.clear()
    shown = text(client.get(address))
    assert f"{address}2-720.webp" in shown
    picture = client.get(f"{address}2-720.webp")
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/webp")
    for wrong in ("3-720.webp", "0-720.webp", "2-721.webp", "2-99999999999999999999.webp"):
        assert client.get(f"{address}{wrong}").status_code == 404
    assert client.get("/feuilleter-3/2-720.webp").status_code == 404
    issue.unpublish()
    cache.clear()
    assert client.get(address).status_code == 404
    assert client.get(f"{address}2-720.webp").status_code == 404


# Organisations, topics


def test_organisation_shows_what_is_about_it_and_marks_what_it_paid(client, magazine):
    ravel = OrganisationFactory(name="Boulangerie Ravel", slug="ravel", url="https://r.example/")
    assert client.get("/organisations/ravel/").status_code == 404
    study = magazine.article(CaseStudyFactory, title="La queue", live=False)
    CaseStudy.objects.filter(pk=study.pk).update(organisation=ravel)
    study.refresh_from_db()
    assert client.get("/organisations/ravel/").status_code == 404
    study.save_revision().publish()
    talk = magazine.article(InterviewFactory, title="« Le pain »", live=False)
    talk.people.add(InterviewedPerson(name="Agnès", organisation=ravel))
    talk.save_revision().publish()
    magazine.article(
        FeatureFactory, title="Payé", advertiser="Boulangerie Ravel", paid_mention="communique"
    )
    magazine.article(CaseStudyFactory, title="Brouillon", organisation=ravel, live=False)
    magazine.article(CaseStudyFactory, title="Papier", organisation=ravel, channel="print")
    cache.clear()
    shown = text(client.get("/organisations/ravel/"))
    for told in ("La queue", "Le pain", "Payé", "Communiqué"):
        assert told in shown
    assert "Brouillon" not in shown
    assert "Papier" not in shown


def test_topic_names_its_synonyms_and_neighbours(client, magazine):
    file = TopicFactory(title="File", slug="file", synonyms="queue\nfile d'attente")
    near, far = TopicFactory(title="Accueil"), TopicFactory(title="Secret")
    magazine.article(about=[file, near])
    magazine.article(about=[file, far], live=False)
    shown = text(client.get("/sujets/file/"))
    assert "queue" in shown
    assert near.get_absolute_url() in shown
    assert far.get_absolute_url() not in shown


def test_role_stands_beside_what_somebody_signed(client, magazine):
    magazine.article(by=ContributorFactory(slug="ines", url="https://ines.example/"))
    shown = text(client.get("/signatures/ines/"))
    assert "board-role" in shown
    assert "https://ines.example/" in shown
    assert Contributor.objects.get().get_absolute_url() in shown


# The paper


@pytest.fixture
def paper(magazine):
    made = page(magazine.home, PaperPage, title="Sur papier", slug="sur-papier", live=False)
    made.offers.add(
        PaperOffer(kind="subscription", title="Un an", price=Decimal(24), sort_order=1),
        PaperOffer(
            kind="back_issue",
            title="N° 3",
            price=Decimal("7.5"),
            issue=past(magazine, live=False).page_ptr,
            sort_order=2,
        ),
        PaperOffer(
            kind="back_issue", title="N° 2", price=Decimal(9), is_sold_out=True, sort_order=3
        ),
    )
    made.save_revision().publish()
    return made


def test_paper_page_tells_prices_and_shops_by_region(client, paper):
    for region, town, name in (
        ("Val-de-Brève", "Montreval", "Le Point-Virgule"),
        ("Belgique", "Vervanges", "Libris"),
    ):
        PointOfSale.objects.create(region=region, town=town, name=name, address="6, rue des Ponts")
    PointOfSale.objects.create(region="Ailleurs", town="Loin", name="Fermée", is_open=False)
    shown = main(client.get("/sur-papier/"))
    assert "24 €" in shown
    assert "7,50 €" in shown
    assert shown.index("Belgique") < shown.index("Montreval")
    assert "https://www.openstreetmap.org/search?query=Le+Point-Virgule%2C+6" in shown
    assert "Fermée" not in shown
    assert "<form" not in shown


def test_form_to_print_leaves_out_what_is_sold_out(client, paper):
    form = text(client.get("/sur-papier/")).split('class="order-table"')[1]
    assert "Un an" in form
    assert "N° 2" not in form


def test_back_issue_that_isn_t_public_is_offered_without_a_way_to_it(client, paper):
    assert PastIssue.objects.get().get_url() not in text(client.get("/sur-papier/"))


# The house


def test_what_is_kept_is_told_with_the_programme_s_own_times(client, magazine):
    page(
        magazine.home,
        PrivacyNotice,
        title="Ce que nous gardons",
        slug="confidentialite",
        log_days=21,
        rights=privacy_rights(),
    )
    shown = text(client.get("/confidentialite/"))
    assert span(MAIL_FOR) in shown
    assert span(dt.timedelta(days=21)) in shown
    assert "csrftoken" in shown
    assert "CNIL" in shown


def test_statement_has_the_parts_that_the_rgaa_wants(client, magazine):
    page(
        magazine.home,
        AccessibilityStatement,
        title="Accessibilité",
        slug="accessibilite",
        made_on=timezone.localdate(),
        basis=accessibility_basis(),
    )
    shown = text(client.get("/accessibilite/"))
    for told in ("RGAA 4.1.2", "Défenseur des droits", "71120", "2005-102"):
        assert told in shown


def test_statement_of_an_audit_without_its_rate_tells_no_number(client, magazine):
    page(
        magazine.home,
        AccessibilityStatement,
        title="Accessibilité",
        slug="accessibilite",
        made_on=timezone.localdate(),
        tested_by="Cabinet Dupont",
    )
    assert "None" not in main(client.get("/accessibilite/"))


def test_statement_doesn_t_say_two_things_at_once(db):
    statement = AccessibilityStatement(
        title="Accessibilité",
        state="wholly",
        rate=82,
        tested_by="Atelier Rampe",
        made_on=timezone.localdate(),
        basis=accessibility_basis(),
    )
    with pytest.raises(ValidationError) as refused:
        statement.clean()
    assert set(refused.value.message_dict) == {"rate", "basis"}
    statement.rate, statement.basis = 100, "<p>L’audit a trouvé tous les critères remplis.</p>"
    statement.clean()


def test_shop_is_listed_once_however_it_is_written(db):
    PointOfSale.objects.create(region="Val", town="Montreval", name="Kiosque")
    with pytest.raises(ValidationError):
        PointOfSale(region="Val", town="MONTREVAL", name="kiosque").full_clean()


def test_every_page_leads_to_the_house_pages_that_are_public(client, magazine):
    page(magazine.home, HousePage, title="À propos", slug="a-propos", body="<p>Nous.</p>")
    page(magazine.home, HousePage, title="Brouillon", slug="b", body="<p>?</p>", live=False)
    hide(page(magazine.home, HousePage, title="Privée", slug="c", body="<p>?</p>"))
    shown = text(client.get("/"))
    assert 'href="/a-propos/"' in shown
    assert "Brouillon" not in shown
    assert "Privée" not in shown
    assert "Nous." in text(client.get("/a-propos/"))


def test_section_without_articles_says_so(client, magazine):
    SectionFactory(parent=magazine.home, title="Vide", slug="vide", mark="Z")
    assert "Personne dans la file" in text(client.get("/vide/"))
