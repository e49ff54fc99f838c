"""Show what was found in an article; let its editors dismiss, learn and ask again."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from magazine.desk.access import article_for_editing, article_for_reading, may_edit
from magazine.models import Article, ProofFinding
from magazine.proofreading.asking import ask_reading
from magazine.proofreading.dictionary import learn
from magazine.proofreading.dismissing import dismiss, undismiss
from magazine.proofreading.sheet import sheet_of

LEARN = "magazine.add_houseword"


@require_http_methods(["GET", "HEAD", "POST"])
def show_findings(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with an article's findings: a page, or for the side panel's script a part of one."""
    is_part = request.headers.get("x-requested-with") == "XMLHttpRequest"
    if request.method == "POST":
        article = article_for_editing(request, pk)
        said = _act(request, article)
        if not is_part:
            messages.success(request, said)
            return redirect("article_proofreader", pk)
    else:
        article = article_for_reading(request, pk)
    context = {
        "article": article,
        "sheet": sheet_of(article),
        "edit_url": reverse("wagtailadmin_pages:edit", args=[pk]),
        "may_edit": may_edit(request.user, article),
        "may_learn": request.user.has_perm(LEARN),
    }
    if is_part:
        return render(request, "magazine/desk/proofreader/sheet.html", context)
    title = article.get_latest_revision_as_object().title
    crumbs = [
        {"url": context["edit_url"], "label": title},
        {"url": "", "label": _("Proofreader")},
    ]
    context |= {
        "title": title,
        "breadcrumbs_items": crumbs,
        "page_title": _("Proofreader"),
        "header_icon": "check",
    }
    return render(request, "magazine/desk/proofreader/page.html", context)


def _act(request: HttpRequest, article: Article) -> str:
    """Do the one thing that a button of the sheet asks for; return what was done."""
    if fingerprint := request.POST.get("dismiss", "")[:64]:
        dismiss(article, fingerprint, by=request.user)
        return _("Dismissed: it won’t be shown again in this article.")
    if fingerprint := request.POST.get("restore", "")[:64]:
        undismiss(article, fingerprint)
        return _("Shown again.")
    if "learn" in request.POST:
        return _learn(request, article)
    ask_reading(article.pk)
    return _("A reading was asked for.")


def _learn(request: HttpRequest, article: Article) -> str:
    if not request.user.has_perm(LEARN):
        raise Http404
    number = request.POST["learn"]
    finding = ProofFinding.objects.filter(
        pk=int(number) if number.isdecimal() and len(number) < 19 else 0,
        proofreading_id=article.pk,
        is_spelling=True,
    ).first()
    if finding is None:
        return _("The text was read again meanwhile: look for the word once more.")
    learn([finding.found], by=request.user)
    return _("“%(word)s” is in the house dictionary.") % {"word": finding.found}
