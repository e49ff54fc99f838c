"""Quotations inside quotations, as the desk's messages have them."""

import pytest
from django.contrib.messages import get_messages, success
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.utils.safestring import mark_safe
from django.utils.translation import override

from magazine.quotations import nested


@pytest.mark.parametrize(
    ("typed", "set_as"),
    [
        ("« « La file » » est là.", "« “La file” » est là."),
        ("« Les « avis » du pont » est là.", "« Les “avis” du pont » est là."),
        ("« La file » et « le pont »", "« La file » et « le pont »"),
        ("« La file", "« La file"),
        ("» La file «", "» La file «"),
        ("La file", "La file"),
    ],
)
def test_quotations_inside_others_are_told_apart(typed, set_as):
    assert nested(typed) == set_as


@pytest.mark.parametrize(
    ("language", "message", "shown"),
    [
        ("fr", "« « La file » » est là.", "« “La file” » est là."),
        ("en", "“« La file »” is there. « « »", "“« La file »” is there. « « »"),
        ("fr", mark_safe("<b>« « a » »</b>"), "<b>« « a » »</b>"),
    ],
)
def test_the_desk_tells_titles_with_one_pair_of_marks(rf, language, message, shown):
    request = rf.get("/")
    SessionMiddleware(lambda _request: None).process_request(request)
    MessageMiddleware(lambda _request: None).process_request(request)
    with override(language):
        success(request, message)
    assert [str(told) for told in get_messages(request)] == [shown]
