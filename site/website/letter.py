"""Let readers ask for the letter, confirm, and leave it, on small pages that no cache keeps.

Only the form's page sets a cookie (the CSRF token's). At the two pages that a mail leads to, the
key in the address is all the authority there is, so their buttons need no token. Neither does
anything by GET: the programs that look into mails follow every link, but press no button.
"""

from __future__ import annotations

from django import forms
from django.core.cache import cache
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from magazine.mail_address import LONGEST_ADDRESS
from magazine.subscribing import (
    StaleLink,
    SubscribingError,
    TooManyAsk,
    ask,
    confirm,
    find_asked,
    find_leaving,
    leave,
)
from website.callers import address_of
from website.small_forms import keep_out, small_form

HOUR = 3600
ONE_CLICK_BYTES = 4096
# One household, office or school asks so often within an hour.
MOST_FROM_ONE_PLACE = 10


class LetterForm(forms.Form):
    """The address to which the letter shall come; what makes it one, the verb knows."""

    mail = forms.CharField(
        label=gettext_lazy("Your mail address"),
        required=False,
        strip=False,
        widget=forms.EmailInput(
            {"autocomplete": "email", "maxlength": LONGEST_ADDRESS, "required": True, "dir": "ltr"}
        ),
    )
    # Nobody sees it: who fills it in is a robot.
    site = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )

    def say(self, sentence: str) -> None:
        """Let the field tell what is wrong with it."""
        self.add_error("mail", sentence)
        self.fields["mail"].widget.attrs |= {
            "aria-invalid": "true",
            "aria-describedby": "id_mail-error",
        }


@require_http_methods(["GET", "HEAD", "POST"])
@small_form
def letter(request: HttpRequest) -> HttpResponse:
    """Show the form; by POST, have an address asked to confirm, whatever is known of it."""
    if request.method != "POST":
        return _form(request, LetterForm())
    form = LetterForm(request.POST)
    form.is_valid()
    if hasattr(request, "token_refused"):
        form.say(_("The page had to be renewed: send your address once more."))
        return _form(request, form, 403)
    if form.cleaned_data.get("site"):
        return redirect("letter_asked")
    if _is_hasty(request):
        form.say(_("That was often, from where you are: try again in an hour."))
        return _later(_form(request, form, 429))
    try:
        ask(form.data.get("mail", ""))
    except TooManyAsk as error:
        form.say(str(error))
        return _later(_form(request, form, 429))
    except SubscribingError as error:
        form.say(str(error))
        return _form(request, form, 400)
    return redirect("letter_asked")


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Say that a mail is under way, if the address is right; never whether it is known."""
    return _page(request, "asked")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirming(request: HttpRequest, key: str) -> HttpResponse:
    """Show the button that confirms; by POST, take somebody in."""
    try:
        if request.method == "POST":
            confirm(key)
            return keep_out(redirect("letter_confirmed"))
        find_asked(key)
    except StaleLink:
        return _page(request, "stale", 404)
    return _page(request, "confirm")


@require_safe
def confirmed(request: HttpRequest) -> HttpResponse:
    """Say that the letter will come."""
    return _page(request, "confirmed")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leaving(request: HttpRequest, key: str) -> HttpResponse:
    """Show the button that leaves; by POST, let somebody go, also in one click (RFC 8058).

    Mail programs that post by themselves get their answer at once: they follow no redirect.
    """
    try:
        if request.method == "POST":
            leave(key)
            if _is_one_click(request):
                return _page(request, "left")
            return keep_out(redirect("letter_left"))
        find_leaving(key)
    except StaleLink:
        return _page(request, "unknown", 404)
    return _page(request, "leave")


@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """Say that somebody left, and what is kept of them."""
    return _page(request, "left")


def _form(request: HttpRequest, form: LetterForm, status: int = 200) -> HttpResponse:
    return render(request, "website/letter/form.html", {"form": form}, status=status)


def _page(request: HttpRequest, step: str, status: int = 200) -> HttpResponse:
    offers_issue = step in {"asked", "confirmed", "left"}
    context = {"step": step, "address": request.path, "offers_issue": offers_issue}
    response = render(request, "website/letter/step.html", context, status=status)
    response["Referrer-Policy"] = "no-referrer"
    return keep_out(response)


def _is_one_click(request: HttpRequest) -> bool:
    """Tell whether a mail program posted, as RFC 8058 has it; its body is a few signs long."""
    written = request.META.get("CONTENT_LENGTH") or "0"
    if not written.isdecimal() or int(written) > ONE_CLICK_BYTES:
        return False
    try:
        return "List-Unsubscribe" in request.POST
    except (SuspiciousOperation, BadRequest, MultiPartParserError):
        return False


def _later(response: HttpResponse) -> HttpResponse:
    response["Retry-After"] = str(HOUR)
    return response


def _is_hasty(request: HttpRequest) -> bool:
    """Tell whether too many asked from one network address; a digest of it is kept for an hour."""
    digest = salted_hmac("website.letter", address_of(request)).hexdigest()
    name = f"letter-asked:{digest}"
    if cache.add(name, 1, HOUR):
        return False
    try:
        return cache.incr(name) > MOST_FROM_ONE_PLACE
    except ValueError:  # It expired just now.
        return False
