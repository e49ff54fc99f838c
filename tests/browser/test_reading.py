"""A reader goes from the front page to an article, in any light and at any width."""

import pytest

PAGES = [
    "/",
    "/numeros/",
    "/numeros/numero-7/",
    "/entretiens/",
    "/signatures/ines/",
    "/sujets/file/",
    "/recherche/?q=attente",
    "/mentions-legales/",
]


def article_address(reader, title):
    page = reader("/numeros/numero-7/")
    return page.get_by_role("link", name=title).first.get_attribute("href")


def test_from_the_cover_to_an_article_and_on_to_the_next(reader):
    page = reader("/")
    page.get_by_role("link", name="Prenez un ticket").first.click()
    assert page.locator("h1").inner_text() == "Prenez un ticket"
    assert "L’attente est un métier\N{NO-BREAK SPACE}: on" in page.locator("main").inner_text()
    page.get_by_role("link", name="La file est un pacte").first.click()
    assert page.locator("h1").inner_text() == "La file est un pacte"
    text = page.locator("main").inner_text().replace("\N{NO-BREAK SPACE}", "~")
    assert "«~On attend, donc on est~»" in text


def test_the_first_key_leads_to_the_text(reader):
    page = reader("/")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    assert focused.startswith("#")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == focused
    assert page.locator(focused).count() == 1


def test_everything_can_be_reached_without_script_and_without_a_cookie(reader):
    page = reader("/", script=False)
    page.get_by_role("link", name="La file est un pacte").first.click()
    page.get_by_role("link", name="Inès Carpentier").first.click()
    assert "Inès Carpentier" in page.locator("h1").inner_text()
    page.goto("/recherche/?q=pacte")
    page.get_by_role("link", name="La file est un pacte").first.click()
    assert page.context.cookies() == []


def test_nothing_comes_from_elsewhere(reader, live_server):
    asked = []
    page = reader("/")
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/numeros/numero-7/")
    page.goto(article_address(reader, "La file est un pacte"))
    assert asked
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_no_page_is_wider_than_the_window(reader, width):
    page = reader("/", width=width)
    for path in [*PAGES, article_address(reader, "La file est un pacte")]:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("dark", [False, True])
def test_text_stands_out_from_its_ground(reader, dark):
    page = reader(article_address(reader, "La file est un pacte"), dark=dark)
    assert page.evaluate(CONTRAST) >= 7


def test_the_page_is_dark_where_the_reader_wants_it(reader):
    grounds = [
        reader("/entretiens/", dark=dark).evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for dark in (False, True)
    ]
    assert grounds[0] == "rgb(255, 255, 255)"
    assert max(int(part) for part in grounds[1][4:-1].split(",")) < 40


def test_faces_are_our_own(reader):
    page = reader(article_address(reader, "Prenez un ticket"))
    page.wait_for_function("document.fonts.status === 'loaded'")
    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)"
    )
    assert {name.strip('"') for name in loaded} == {"Source Serif 4", "Bricolage Grotesque"}


CONTRAST = """() => {
  const channel = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const luminance = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map(channel);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const text = document.querySelector('.answer p, .text p');
  let ground = text;
  while (getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') {
    ground = ground.parentElement;
  }
  const pair = [getComputedStyle(text).color, getComputedStyle(ground).backgroundColor];
  const [light, dark] = pair.map(luminance).sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}"""
