"""What a reader typed is kept as typed, but for what can't be seen and what can't be read."""

import pytest

from magazine.comment_text import count_links, has_heaped_marks, tidy, tidy_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Bonjour !\r\n\r\n\r\n\r\nAu revoir.  ", "Bonjour !\n\nAu revoir."),
        ("a\u202egnirts desrever\u202cb", "agnirts desreverb"),
        ("\u2066isolé\u2069", "isolé"),
        ("nul\x00 et \x1bautres\x07", "nul et autres"),
        ("ca\u00adche\u200bzéro\ufeff", "cachezéro"),
        ("\u2800\u3164", ""),
        ("\ufffe\ufdd0x", "x"),
        ("e\u0301tat", "état"),
        ("👩\u200d🚒 می\u200cخواهم", "👩\u200d🚒 می\u200cخواهم"),
        ("l'été — 50 % « oui »", "l'été — 50 % « oui »"),
        ("<b>gras</b> & co", "<b>gras</b> & co"),
    ],
)
def test_invisible_signs_go_and_the_rest_stays(typed, kept):
    assert tidy(typed) == kept


def test_a_name_is_one_line():
    assert tidy_line(" Inès\n\tCarpentier\u202e ") == "Inès Carpentier"


@pytest.mark.parametrize(
    ("text", "heaped"),
    [
        ("Z\u0300\u0301\u0302\u0303\u0304algo", True),
        ("Việt Nam, Tiê\u0301ng Viê\u0323\u0302t", False),
        ("שָׁלוֹם עֲלֵיכֶם", False),
        ("ที่นี่", False),
        ("1\ufe0f\u20e3 ❤\ufe0f", False),
        ("é" * 200, False),
    ],
)
def test_heaps_of_marks_are_told_from_real_writing(text, heaped):
    assert has_heaped_marks(text) is heaped


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Rien : du tout. 12:30, etc.", 0),
        ("https://exemple.fr et http://a.b", 2),
        ("WWW.exemple.fr", 1),
        ("ftp://x javascript://y", 2),
        ("https://a.fr " * 50, 50),
    ],
)
def test_links_are_counted(text, links):
    assert count_links(text) == links
