"""Ask for pages as strangers do, with everything kept, and tell which of them were made anew."""

import contextlib

from django.core.cache import cache
from django.test import Client

from tests.factories import ContributorFactory, TopicFactory

KEPT_SECONDS = 3600


@contextlib.contextmanager
def kept(settings):
    """Keep pages for an hour, beginning with none."""
    settings.PAGES_KEPT_SECONDS = KEPT_SECONDS
    cache.clear()
    try:
        yield
    finally:
        cache.clear()


class Site:
    """A small magazine with two sections, and the pages that readers asked for."""

    def __init__(self, magazine, capture):
        self.magazine, self._capture = magazine, capture
        self.ines, self.marc = ContributorFactory(slug="ines"), ContributorFactory(slug="marc")
        self.phone, self.queue = TopicFactory(slug="telephone"), TopicFactory(slug="file")
        self.first = magazine.article(slug="premier", by=self.ines, about=[self.phone])
        self.second = magazine.article(slug="deuxieme", by=self.marc, about=[self.queue])
        self.issue = magazine.issue(self.first, number=7, slug="l-attente")
        self.addresses = {
            "home": "/",
            "section": "/entretiens/",
            "issue": "/numeros/l-attente/",
            "archive": "/numeros/",
            "first": "/entretiens/premier/",
            "second": "/entretiens/deuxieme/",
            "ines": "/signatures/ines/",
            "marc": "/signatures/marc/",
            "phone": "/sujets/telephone/",
            "queue": "/sujets/file/",
            "legal": "/mentions-legales/",
            "feed": "/flux.atom",
        }

    def ask_all(self):
        """Have each page made and kept."""
        for address in self.addresses.values():
            assert Client().get(address).status_code in {200, 404}, address

    def changed_by(self, verb):
        """Names of the pages that are made again once the verb is done."""
        self.ask_all()
        with self._capture(execute=True):
            verb()
        return {name for name, address in self.addresses.items() if not is_kept(address)}


def is_kept(address):
    """Whether the page would be answered without being made."""
    from website.keeping import look_up
    from website.purging import page_name

    return look_up(page_name(f"http://testserver{address}"))[0] is not None
