"""Map addresses to views."""

from django.conf import settings
from django.contrib.sitemaps.views import sitemap
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic.base import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from website import commenting, digital, letter, media, review, searching, views
from website.api.api import api
from website.feeds import Newest
from website.sitemaps import SITEMAPS

handler404 = "website.views.not_found"
handler500 = "website.views.server_error"


class Favicon(RedirectView):
    """Lead browsers that ask blindly to the drawn one."""

    def get_redirect_url(self, *args: object, **kwargs: object) -> str:
        return staticfiles_storage.url("website/favicon.svg")


urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", include(admin_urls)),
    path("documents/", include(document_urls)),
    path("recherche/", searching.search, name="search"),
    path("recherche/suggestions", searching.suggestions, name="search_suggestions"),
    path("recherche/suivi", searching.followed, name="search_followed"),
    path("flux.atom", Newest(), name="feed"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", Favicon.as_view()),
    path("api/v1/", api.urls),
    path("healthz", views.health, name="health"),
    path("mentions-legales/", views.legal, name="legal"),
    path("signatures/<slug:slug>/", views.contributor, name="contributor"),
    path("sujets/<slug:slug>/", views.topic, name="topic"),
    path("imprimeur/", include("print.urls")),
    path("a/<int:pk>/", views.short, name="short"),
    path("commenter/<int:pk>/", commenting.comment, name="comment_form"),
    path("commenter/<int:pk>/merci/", commenting.thanks, name="comment_thanks"),
    path("commenter/efface/", commenting.erased, name="comment_erased"),
    path("commentaire/<str:key>/", commenting.own, name="own_comment"),
    path("lettre/", letter.letter, name="letter"),
    path("lettre/demande/", letter.asked, name="letter_asked"),
    path("lettre/confirmer/<str:key>/", letter.confirming, name="letter_confirm"),
    path("lettre/confirmee/", letter.confirmed, name="letter_confirmed"),
    path("lettre/partir/<str:key>/", letter.leaving, name="letter_leave"),
    path("lettre/partie/", letter.left, name="letter_left"),
    path("relecture/<str:key>/", review.review, name="review"),
    path("relecture/<str:key>/papier/", review.review_paper, name="review_paper"),
    path(
        "relecture/<str:key>/papier/<slug:digest>/<int:number>.png",
        review.review_page_picture,
        name="review_page",
    ),
]
if not settings.STORAGE_URL:
    urlpatterns.append(path("media/<str:folder>/<path:name>", media.picture, name="picture"))
urlpatterns += [
    path("<path:place>/numero-<int:number>.pdf", digital.digital_edition, name="digital_edition"),
    path("", include(wagtail_urls)),
]
