"""Two inks give a page colours that can be read, by day and by night."""

from hypothesis import given
from hypothesis import strategies as st

from website.inks import HOUSE_INKS, contrast, mix_inks

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


def test_inks_of_issue_7():
    inks = mix_inks("#0B5A4A", "#FF4F7B")
    assert (inks.on_dark, inks.on_bright, inks.text) == ("#FFFFFF", "#000000", "#0B5A4A")
    assert inks.style.startswith("--ink-dark:#0B5A4A;--ink-bright:#FF4F7B;--on-dark:#FFFFFF")


@given(colours, colours)
def test_any_two_inks_can_be_read(dark, bright):
    inks = mix_inks(dark, bright)
    assert (inks.dark, inks.bright) == (dark, bright)
    assert contrast(inks.on_dark, inks.dark) >= 4.5
    assert contrast(inks.on_bright, inks.bright) >= 4.5
    assert contrast(inks.text, "#FFFFFF") >= 4.5
    assert contrast(inks.text_by_night, inks.night) >= 4.5
    assert contrast(inks.quiet_by_night, inks.night) >= 4.5
    assert contrast("#FFFFFF", inks.board) >= 7
    assert contrast("#E8EDEA", inks.night) >= 7


@given(st.text(), st.text())
def test_what_is_no_colour_gives_the_house_s_inks(dark, bright):
    if len(dark) != 7:
        assert mix_inks(dark, bright) == mix_inks(*HOUSE_INKS)
