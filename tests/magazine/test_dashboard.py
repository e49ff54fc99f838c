"""The desk bears the fanzine's name, and its first screen shows first things first."""

import datetime as dt
import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from magazine.models import PlannedPiece, RefusedRelease
from tests.factories import ContributorFactory
from tests.magazine.desk_world import member


@pytest.fixture
def ines(db):
    return get_user_model().objects.create_superuser("ines", "i@guichet.example", "x")


@pytest.fixture
def home(client, ines):
    client.force_login(ines)
    return lambda: client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_login_and_every_page_bear_the_fanzines_name(client, magazine, home):
    client.logout()
    login = client.get(reverse("wagtailadmin_login")).content.decode()
    assert "Guichet" in re.search(r"<h1>.*?</h1>", login, re.DOTALL)[0]
    assert "Mot de passe" in login
    assert "Password" not in login
    client.force_login(get_user_model().objects.get(username="ines"))
    for page in (login, home()):
        assert re.search(r"<title>[^<]*Guichet\s*</title>", page)
        assert "website/favicon.svg" in page
        assert "website/css/desk.css" in page


def test_the_next_issue_and_what_is_late_come_first(home, magazine):
    author = ContributorFactory(name="Karim Haddad")
    issue = magazine.issue(
        magazine.article(live=False, title="Décrochez"),
        number=8,
        live=False,
        on_sale_date=timezone.localdate() + dt.timedelta(days=5),
    )
    magazine.issue(number=9, live=False)
    late = timezone.localdate() - dt.timedelta(days=3)
    PlannedPiece.objects.create(issue=issue, title="Portrait", author=author, due_on=late)
    PlannedPiece.objects.create(issue=issue, title="À l'heure", due_on=timezone.localdate())
    page = home()
    assert "n° 8" in page
    assert "dans 5 jours" in page
    assert "3 jours de retard" in page
    assert "Karim Haddad" in page
    assert "À l&#x27;heure" not in page


def test_ones_own_drafts_are_there_and_what_could_not_be_released(home, magazine, ines):
    mine = magazine.article(title="Mon brouillon", live=False, owner=ines)
    magazine.article(title="Le sien", live=False, owner=None)
    RefusedRelease.objects.create(page=mine.page_ptr, reason="Il manque un chapeau.")
    page = home()
    assert "Mon brouillon" in page
    assert "Le sien" not in page
    assert "Il manque un chapeau." in page


def test_a_contributor_sees_neither_board_nor_refusals(client, magazine):
    issue = magazine.issue(magazine.article(live=False), number=8, live=False, title="Le silence")
    PlannedPiece.objects.create(issue=issue, title="Portrait", due_on=dt.date(2026, 1, 1))
    RefusedRelease.objects.create(page=issue.page_ptr, reason="Il manque un chapeau.")
    client.force_login(member("contributor", "karim"))
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    for word in ("Le silence", "Portrait", "Il manque"):
        assert word not in page


def test_the_first_screen_costs_the_same_however_much_there_is(
    client, home, magazine, ines, django_assert_max_num_queries
):
    issue = magazine.issue(
        *(magazine.article(live=False, owner=ines) for _ in range(8)), number=8, live=False
    )
    for _ in range(8):
        PlannedPiece.objects.create(issue=issue, title="Tard", due_on=dt.date(2026, 1, 1))
    home()
    with django_assert_max_num_queries(60):
        home()


def test_english_is_complete(client, magazine, ines):
    UserProfile.get_for_user(ines).save()
    UserProfile.objects.filter(user=ines).update(preferred_language="en")
    client.force_login(ines)
    magazine.issue(magazine.article(live=False, owner=ines), number=8, live=False)
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Next issue: n° 8" in page
    assert "My drafts" in page
