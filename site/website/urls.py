"""Map addresses to views."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from website import (
    commenting,
    digital,
    feeds,
    letter,
    media,
    review,
    searching,
    sharing,
    sitemaps,
    views,
    well_known,
)
from website.api.api import api

handler400 = "website.refusals.bad_request"
handler403 = "website.refusals.forbidden"
handler404 = "website.views.not_found"
handler500 = "website.views.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", include(admin_urls)),
    path("documents/<int:document_id>/<path:name>", media.document),
    path("documents/", include(document_urls)),
    path("recherche/", searching.search, name="search"),
    path("recherche/suggestions", searching.suggestions, name="search_suggestions"),
    path("recherche/suivi", searching.followed, name="search_followed"),
    *feeds.urlpatterns,
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-actualites.xml", sitemaps.news_sitemap, name="news_sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap, name="sitemap_of"),
    path("robots.txt", well_known.robots, name="robots"),
    path("favicon.ico", well_known.favicon, name="favicon"),
    path("site.webmanifest", well_known.manifest, name="manifest"),
    path(".well-known/security.txt", well_known.security, name="security_txt"),
    path(".well-known/change-password", well_known.change_password, name="change_password"),
    path("partage/<slug:digest>.jpg", sharing.sharing_picture, name="sharing_picture"),
    path("api/v1/", api.urls),
    path("healthz", views.health, name="health"),
    path("mentions-legales/", views.legal, name="legal"),
    path("signatures/<slug:slug>/", views.contributor, name="contributor"),
    path("sujets/<slug:slug>/", views.topic, name="topic"),
    path("organisations/<slug:slug>/", views.organisation, name="organisation"),
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
    path("<path:place>/feuilleter-<int:number>/", digital.leaf_through, name="leaves"),
    path(
        "<path:place>/feuilleter-<int:number>/<int:page>-<int:width>.webp",
        digital.leaf_picture,
        name="leaf",
    ),
    path("", include(wagtail_urls)),
]
