"""Editions in the admin: who may see them, how they are opened and arranged."""

import pytest
from django.urls import reverse

from print.editions import find_profile, open_edition
from print.models import Edition, Placement, PressProfile
from tests.print.press_desk_world import (
    Kind,
    advert_for,
    keep,
    sit_down,
    small_edition,
    text,
)


@pytest.fixture
def edition(magazine):
    return small_edition(magazine)


@pytest.fixture
def chief(client):
    return sit_down(client, "chief")


def titles(edition):
    return [each.title for each in edition.placements.select_related("entry__article")]


def placement(edition, title):
    return next(each for each in edition.placements.all() if each.title == title)


def arrange(client, edition, **posted):
    """Post to the list as a browser does: with the mark of the list that it shows."""
    page = client.get(reverse("press:edition", args=[edition.pk]))
    seen = posted.pop("seen", page.context["seen"])
    return client.post(
        reverse("press:arrange", args=[edition.pk]), {"seen": seen, **posted}, follow=True
    )


# Who may do what


def test_the_press_is_for_production_and_chief_editors_look_others_see_nothing(edition, client):
    made = keep(edition)
    seen = [
        reverse("press:index"),
        reverse("press:issue", args=[7]),
        reverse("press:edition", args=[edition.pk]),
        reverse("press:proof", args=[made.pk]),
        reverse("press:download", args=[made.pk]),
        reverse("press:page_picture", args=[made.pk, 1]),
        reverse("press:html", args=[made.pk]),
    ]
    done = [
        reverse("press:arrange", args=[edition.pk]),
        reverse("press:settings", args=[edition.pk]),
        reverse("press:open", args=[7]),
        reverse("press:build", args=[edition.pk]),
        reverse("press:call_off", args=[edition.pk]),
    ]
    may = {"chief": (True, True), "production": (True, True), "editor": (True, False)}
    for role in ("chief", "production", "editor", "contributor"):
        sit_down(client, role)
        looks, works = may.get(role, (False, False))
        assert {client.get(path).status_code == 404 for path in seen} == {not looks}, role
        assert {client.post(path).status_code == 404 for path in done} == {not works}, role


def test_editors_are_shown_no_buttons_that_they_may_not_press(edition, client):
    keep(edition)
    page = text(sit_down(client, "editor").get(reverse("press:edition", args=[edition.pk])))
    assert "La file" in page
    assert "Make a proof" not in page
    assert 'name="up"' not in page


def test_an_issues_page_leads_to_its_editions(edition, chief):
    page = chief.get(reverse("wagtailadmin_pages:edit", args=[edition.issue.pk]))
    assert reverse("press:issue", args=[7]) in text(page)


# Editions of an issue


def test_an_issue_lists_its_editions_with_the_last_proof(edition, chief):
    made = keep(edition)
    page = text(chief.get(reverse("press:issue", args=[7])))
    assert "passes, 1 warning" in page
    assert reverse("press:proof", args=[made.pk]) in page


def test_another_edition_is_opened_and_made_the_principal_one(edition, chief):
    profile = find_profile("encart-200x270")
    chief.post(reverse("press:open", args=[7]), {"profile": profile.pk})
    other = Edition.objects.get(profile=profile)
    assert not other.is_principal
    chief.post(reverse("press:settings", args=[other.pk]), {"principal": "1"})
    assert list(Edition.objects.filter(is_principal=True)) == [other]


@pytest.mark.parametrize("wanted", ["", "0", "x", "9" * 40])
def test_an_edition_on_no_profile_is_refused_in_words(edition, chief, wanted):
    answer = chief.post(reverse("press:open", args=[7]), {"profile": wanted}, follow=True)
    assert "Choose a press profile first." in text(answer)
    assert Edition.objects.count() == 1


def test_the_digital_edition_is_never_the_principal_one_and_is_arranged_elsewhere(edition, chief):
    digital = open_edition(edition.issue, PressProfile.objects.digital().get())
    answer = chief.post(
        reverse("press:settings", args=[digital.pk]), {"principal": "1"}, follow=True
    )
    assert "takes its folios from the printed one" in text(answer)
    page = text(chief.get(reverse("press:edition", args=[digital.pk])))
    assert "La file" in page
    assert 'name="up"' not in page
    answer = arrange(chief, digital, add_blank="1")
    assert "shows the pages of the printed one" in text(answer)
    assert not Placement.objects.filter(kind=Kind.BLANK).exists()


def test_the_covers_design_is_chosen_and_nonsense_refused(edition, chief):
    address = reverse("press:settings", args=[edition.pk])
    chief.post(address, {"cover_design": "poster"})
    answer = chief.post(address, {"cover_design": "nonsense"}, follow=True)
    edition.refresh_from_db()
    assert edition.cover_design == "poster"
    assert "Choose one of the designs" in text(answer)


def test_without_any_issue_the_desk_says_what_to_do(magazine, chief):
    assert "There is no issue yet" in text(chief.get(reverse("press:index")))


@pytest.mark.parametrize("name", ["press:issue", "press:edition", "press:proof"])
def test_what_is_not_there_answers_404(edition, chief, name):
    for number in (0, 999, 10**30):
        assert chief.get(reverse(name, args=[number])).status_code == 404


# The list of placements


def test_a_placement_is_moved_up_and_down(edition, chief):
    before = titles(edition)
    moved = placement(edition, "Le guichet")
    answer = arrange(chief, edition, up=moved.pk)
    assert "“Le guichet” now stands in place 3 of 6." in text(answer)
    assert titles(edition)[2:4] == ["Le guichet", "La file"]
    arrange(chief, edition, down=moved.pk)
    assert titles(edition) == before


def test_a_placement_is_dragged_ahead_of_another_or_to_the_end(edition, chief):
    first, second = placement(edition, "La file"), placement(edition, "Le guichet")
    arrange(chief, edition, drag=second.pk, ahead=first.pk)
    assert titles(edition)[2:4] == ["Le guichet", "La file"]
    arrange(chief, edition, drag=second.pk, ahead="")
    kinds = [each.kind for each in edition.placements.all()]
    assert kinds[-2:] == [Kind.ARTICLE, Kind.BACK_COVER]
    arrange(chief, edition, drag=second.pk, ahead=second.pk)
    assert [each.kind for each in edition.placements.all()] == kinds


def test_the_issues_order_comes_back_when_asked(edition, chief):
    before = titles(edition)
    arrange(chief, edition, up=placement(edition, "Le guichet").pk)
    page = text(chief.get(reverse("press:edition", args=[edition.pk])))
    assert "an order of its own" in page
    arrange(chief, edition, follow="1")
    assert titles(edition) == before


def test_an_article_is_left_out_and_taken_in_again(edition, chief):
    left = placement(edition, "La file")
    assert "left out of this edition" in text(arrange(chief, edition, leave_out=left.pk))
    assert placement(edition, "La file").is_left_out
    arrange(chief, edition, take_in=left.pk)
    assert not placement(edition, "La file").is_left_out


def test_the_side_on_which_it_opens_is_chosen(edition, chief):
    found = placement(edition, "La file")
    arrange(chief, edition, open_on=found.pk, **{f"opens-{found.pk}": "recto"})
    assert placement(edition, "La file").opens == "recto"
    answer = arrange(chief, edition, open_on=found.pk, **{f"opens-{found.pk}": "sideways"})
    assert "opens anywhere" in text(answer)


def test_an_advert_and_a_blank_page_are_put_in_and_taken_away(edition, chief):
    advert = advert_for(edition.profile)
    before = placement(edition, "Le guichet").pk
    arrange(chief, edition, add_advert="1", advert=advert.pk, before=before)
    arrange(chief, edition, add_blank="1", before=before)
    assert [each.kind for each in edition.placements.all()][3:5] == [Kind.ADVERT, Kind.BLANK]
    for kind in (Kind.ADVERT, Kind.BLANK):
        arrange(chief, edition, take_away=edition.placements.get(kind=kind).pk)
    assert edition.placements.count() == 6


def test_an_advert_of_another_profile_or_none_is_not_placed(edition, chief):
    other = advert_for(find_profile("encart-200x270"))
    for wanted in (other.pk, "", "x"):
        answer = arrange(chief, edition, add_advert="1", advert=wanted)
        assert "Choose an advert first." in text(answer)
    assert edition.placements.count() == 6


def test_a_list_that_somebody_changed_is_shown_anew_and_nothing_is_done(edition, chief):
    page = chief.get(reverse("press:edition", args=[edition.pk]))
    stale = page.context["seen"]
    first, second = placement(edition, "La file"), placement(edition, "Le guichet")
    arrange(chief, edition, leave_out=first.pk)
    answer = arrange(chief, edition, seen=stale, up=second.pk)
    assert "Somebody has changed this list" in text(answer)
    assert titles(edition)[2:4] == ["La file", "Le guichet"]
    assert placement(edition, "La file").is_left_out


def test_a_script_gets_the_list_alone_and_409_where_it_is_refused(edition, chief):
    address = reverse("press:arrange", args=[edition.pk])
    seen = chief.get(reverse("press:edition", args=[edition.pk])).context["seen"]
    moved = placement(edition, "Le guichet").pk
    answer = chief.post(address, {"partial": "1", "seen": seen, "up": moved})
    assert answer.status_code == 200
    assert "<html" not in text(answer)
    assert "now stands in place 3 of 6" in text(answer)
    assert chief.post(address, {"partial": "1", "seen": seen, "up": moved}).status_code == 409


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"up": "x"},
        {"up": "999999"},
        {"drag": "x", "ahead": "y"},
        {"leave_out": ""},
        {"open_on": "9" * 50},
        {"add_blank": "1", "before": "x"},
    ],
)
def test_nonsense_changes_nothing_and_is_answered_in_words(edition, chief, posted):
    before = titles(edition)
    answer = arrange(chief, edition, **posted)
    assert answer.status_code == 200
    assert titles(edition) == before
    assert list(answer.context["messages"])


def test_the_covers_keep_their_places(edition, chief):
    for title in ("Couverture", "Quatrième de couverture", "Cover", "Back cover"):
        for found in [each for each in edition.placements.all() if each.title == title]:
            answer = arrange(chief, edition, up=found.pk)
            assert "The cover stays first and the back cover last." in text(answer)
            answer = arrange(chief, edition, leave_out=found.pk)
            assert "can’t be left out" in text(answer)


def test_an_issue_without_articles_for_paper_says_so(magazine, chief):
    issue = magazine.issue(number=8, title="Vide")
    edition = open_edition(issue, find_profile("fanzine-a4"))
    page = text(chief.get(reverse("press:edition", args=[edition.pk])))
    assert "has no article for paper" in page


def test_the_list_shows_the_folios_of_the_last_proof(edition, chief):
    page = text(chief.get(reverse("press:edition", args=[edition.pk])))
    assert "known after the first proof" in page
    keep(edition)
    rows = chief.get(reverse("press:edition", args=[edition.pk])).context["rows"]
    assert [(row.title, row.folios, row.pages) for row in rows][2:4] == [
        ("La file", "4–6", 3),
        ("Le guichet", "", None),
    ]
