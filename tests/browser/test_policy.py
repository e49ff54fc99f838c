"""The policy of the readers' site refuses nothing that the site itself needs."""

import pytest


@pytest.mark.parametrize("of", ["home", "article", "search"])
def test_a_page_loads_all_its_own(reader, issue, of):
    article = issue.entries.first().article
    path = {"home": "/", "article": article.get_url(), "search": "/recherche/?q=file"}[of]
    page = reader("/", bypass_csp=False)
    refused = []
    page.on("console", lambda told: refused.append(told.text) if told.type == "error" else None)
    page.goto(path)
    page.locator("footer a[data-slip]").click()
    page.locator("dialog[open] #id_mail").wait_for()
    assert refused == []
