"""Every address of the desk, as Django's resolver knows it, and the values to fill it with."""

import re
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.magazine.desk_world import SECRET

# Finds the hidden words; an answer that repeats the question doesn't hold them.
ASKED = SECRET[:5]

# Arguments that mean the same wherever they stand; others are found in OF_NAMESPACE.
PAGES = ("page_id", "page_to_move_id", "page_pk")
FIXED = {
    "content_type_app_name": "magazine",
    "content_type_model_name": "feature",
    "app_name": "magazine",
    "app_label": "magazine",
    "model_name": "feature",
    "action": "delete",
    "action_name": "approve",
    "filter_spec": "width-20",
    "session_id": 0,
    "uploaded_file_id": 1,
    "revision_id_a": "earliest",
    "revision_id_b": "latest",
    "uidb64": "MQ",
    "token": "x-y",
    "code": "web",
    "digest": "0123456789ab",
    "number": 1,
}
# Where the words of one address or namespace differ from those.
WORDS = {
    ("wagtail_bulk_action", "app_label"): "wagtailcore",
    ("wagtail_bulk_action", "model_name"): "page",
    ("wagtailadmin_tag_model_autocomplete", "app_name"): "taggit",
    ("wagtailadmin_tag_model_autocomplete", "model_name"): "tag",
    ("wagtailadmin_editing_sessions", "app_label"): "wagtailcore",
    ("wagtailadmin_editing_sessions", "model_name"): "page",
    ("wagtailadmin_api:pages:action", "action_name"): "publish",
    ("wagtailsettings", "model_name"): "publication",
}
OF_NAMESPACE = {
    ("wagtailadmin_workflows", "pk"): lambda desk: desk.arguments["state"].workflow_id,
    ("wagtailadmin_workflows", "workflow_pk"): lambda desk: desk.arguments["state"].workflow_id,
    ("wagtailadmin_collections", "pk"): lambda desk: desk.arguments["collection"].pk,
    ("wagtailadmin_api:images", "pk"): lambda desk: desk.arguments["picture"].pk,
    ("wagtailadmin_api:documents", "pk"): lambda desk: desk.arguments["document"].pk,
    ("wagtailimages_chooser", "pk"): lambda desk: desk.arguments["picture"].pk,
    ("wagtaildocs_chooser", "pk"): lambda desk: desk.arguments["document"].pk,
    ("wagtailsettings", "pk"): lambda desk: desk.arguments["site"].pk,
    ("wagtailsites", "pk"): lambda desk: desk.arguments["site"].pk,
    ("letter", "pk"): lambda desk: desk.arguments["letter"].pk,
    ("subscriber", "pk"): lambda desk: desk.arguments["subscriber"].pk,
    ("advert", "pk"): lambda desk: desk.arguments["advert"].pk,
    ("press_profile", "pk"): lambda desk: desk.arguments["edition"].profile_id,
    ("wagtailusers_users", "pk"): lambda desk: desk.arguments["editor"].pk,
    ("wagtailusers_groups", "pk"): lambda desk: desk.arguments["group"].pk,
}
OF_NAME = {
    "supplement": lambda desk: desk.arguments["press_file"].supplements.get().pk,
    "image_id": lambda desk: desk.arguments["picture"].pk,
    "document_id": lambda desk: desk.arguments["document"].pk,
    "doc_id": lambda desk: desk.arguments["document"].pk,
    "collection_id": lambda desk: desk.arguments["collection"].pk,
    "query_id": lambda desk: desk.arguments["question"].pk,
    "redirect_id": lambda desk: desk.arguments["redirect"].pk,
    "destination_id": lambda desk: desk.arguments["section"].pk,
    "link_pk": lambda desk: desk.arguments["remark"].link_id,
    "correction": lambda desk: desk.arguments["correction"].pk,
    "remark_pk": lambda desk: desk.arguments["remark"].pk,
    "task_id": lambda desk: desk.arguments["step"].pk,
    "task_state_id": lambda desk: desk.arguments["state"].current_task_state_id,
    "workflow_state_id": lambda desk: desk.arguments["state"].pk,
}
# Our own addresses say of which object they speak.
OF_PATH = {
    "articles/<int:pk>": lambda desk, page: page.pk,
    "issues/<int:pk>": lambda desk, page: desk.hidden["issue"].pk,
    "presse/numeros/<int:number>": lambda desk, page: desk.hidden["issue"].number,
    "presse/editions/<int:pk>": lambda desk, page: desk.arguments["edition"].pk,
    "presse/fichiers/<int:pk>": lambda desk, page: desk.arguments["press_file"].pk,
    "commentaires/<int:pk>": lambda desk, page: desk.arguments["comment"].pk,
    "corbeille/<int:pk>": lambda desk, page: desk.arguments["thrown"].pk,
    "conducteur/<planning_board:number>/<planning_row:key>": lambda desk, page: f"a{page.pk}",
    "conducteur/<planning_board:number>": lambda desk, page: desk.hidden["issue"].number,
}
# Of which page an address is asked where it isn't somebody's draft.
USUAL = {
    "wagtailadmin_pages:add": "section",
    "wagtailadmin_pages:preview_on_add": "section",
    "wagtailadmin_pages:add_subpage": "section",
    "wagtailadmin_pages:unpublish": "live",
}
# What is asked after the question mark, so that lists and choosers show all they have.
QUERIES = {
    "wagtailadmin_explore": ("", f"?q={ASKED}&search_all=1"),
    "wagtailadmin_explore_results": ("", f"?q={ASKED}&search_all=1"),
    "wagtailadmin_pages:search": (f"?q={ASKED}",),
    "wagtailadmin_pages:search_results": (f"?q={ASKED}",),
    "wagtailadmin_choose_page": ("", "?page_type=magazine.feature"),
    "wagtailadmin_choose_page_search": (f"?q={ASKED}",),
    "wagtailadmin_choose_page_chosen_multiple": ("?id={page}",),
    "wagtailadmin_tag_autocomplete": (f"?term={ASKED}",),
    "wagtail_bulk_action": ("?id={page}", "?id=all&childOf={section}"),
    "wagtailadmin_api:pages:listing": ("", "?child_of={section}", f"?search={ASKED}"),
    "wagtailadmin_api:pages:find": ("?id={page}",),
    "wagtailadmin_api:images:find": ("?id={picture}",),
    "wagtailadmin_api:documents:find": ("?id={document}",),
    "wagtailimages_chooser:choose": ("", f"?q={ASKED}"),
    "wagtailimages_chooser:choose_results": ("", f"?q={ASKED}"),
    "wagtailimages_chooser:chosen_multiple": ("?id={picture}",),
    "wagtaildocs_chooser:chosen_multiple": ("?id={document}",),
    "wagtailimages:index": ("", f"?q={ASKED}"),
    "wagtaildocs:index": ("", f"?q={ASKED}"),
    "questions_report": ("", "?export=csv"),
    "wagtailsearchpromotions:chooser": ("", f"?q={ASKED}"),
    "wagtailadmin_reports:site_history": ("", "?export=csv"),
    "wagtailadmin_reports:workflow": ("", "?export=csv"),
    "wagtailadmin_reports:workflow_tasks": ("", "?export=csv"),
    "wagtailadmin_reports:aging_pages": ("", "?export=csv"),
    "wagtailadmin_reports:locked_pages": ("", "?export=csv"),
}


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver: its full name and the names of its arguments."""

    name: str
    arguments: tuple[str, ...]
    path: str

    @property
    def names_a_page(self):
        """Whether a page stands in the address or after its question mark."""
        return bool(self._pages()) or any("{page}" in query for query in self.queries)

    @property
    def queries(self):
        return QUERIES.get(self.name, ("",))

    def _pages(self):
        namespace = self.name.rpartition(":")[0]
        pages = {*PAGES, "parent_page_id"}
        if namespace in {"wagtailadmin_pages", "wagtailadmin_api:pages"}:
            pages.add("pk")
        if namespace == "wagtailadmin_editing_sessions":
            pages.add("object_id")
        if "articles/<int:pk>" in self.path:
            pages.add("pk")
        return pages & set(self.arguments)

    def filled(self, desk, page=None):
        """The addresses, with the arguments that the desk has; `page` where a page is asked."""
        page = page or self._usual(desk)
        kwargs = {name: self._value(name, desk, page) for name in self.arguments}
        path = reverse(self.name, kwargs=kwargs) if self.arguments else reverse(self.name)
        ids = {
            "page": page.pk,
            **{name: value.pk for name, value in desk.arguments.items() if name != "page"},
        }
        return [path + query.format(**ids) for query in self.queries]

    def _usual(self, desk):
        kind = USUAL.get(self.name, "submitted" if "workflow" in self.name else "page")
        return {**desk.hidden, **desk.shown, **desk.arguments}[kind]

    def _value(self, name, desk, page):
        namespace = self.name.rpartition(":")[0]
        for place in ((self.name, name), (namespace, name)):
            if place in WORDS:
                return WORDS[place]
        if name in self._pages():
            return page.pk
        for part, value in OF_PATH.items():
            if part in self.path and part.endswith(f":{name}>"):
                return value(desk, page)
        if name == "pk" and namespace.startswith("wagtailsnippet"):
            return desk.arguments[namespace.rpartition("_")[2]].pk
        if name == "revision_id":
            return page.latest_revision_id or 0
        value = OF_NAMESPACE.get((namespace, name)) or OF_NAME.get(name)
        if value:
            return value(desk)
        if name in FIXED:
            return FIXED[name]
        raise LookupError(
            f"The address {self.name} has an argument “{name}”: say in "
            "tests/magazine/admin_addresses.py which object it names."
        )


def addresses():
    """Every named address below /admin/."""
    found = {}
    for prefix, name, pattern in _walk(get_resolver(), "", ()):
        if prefix.startswith("admin/") and not name.endswith(":?") and name != "?":
            arguments = tuple(_arguments(pattern))
            found[name, arguments] = Address(name, arguments, pattern)
    return list(found.values())


def _walk(resolver, prefix, namespaces):
    for each in resolver.url_patterns:
        path = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = (*namespaces, each.namespace) if each.namespace else namespaces
            yield from _walk(each, path, inner)
        elif isinstance(each, URLPattern):
            yield path, ":".join((*namespaces, each.name or "?")), path


def _arguments(path):
    yield from re.findall(r"<(?:\w+:)?(\w+)>", path.replace("?P<", "<"))
