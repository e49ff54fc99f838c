"""Show topics with their articles, tell of synonyms that collide, merge what means the same."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import BaseLogEntry
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from magazine.models import Topic
from magazine.topics import (
    LONGEST_SYNONYM,
    MERGED,
    TopicError,
    articles_about,
    merge_topics,
    tidy_synonyms,
    topic_called,
    topic_that_means,
)

TO_MERGE = ("magazine.change_topic", "magazine.delete_topic")


def merging_address(*topics: Topic) -> str:
    """Return the address at which the topics can be merged."""
    address = reverse("wagtail_bulk_action", args=["magazine", "topic", "merge"])
    asked = [("id", topic.pk) for topic in topics]
    index = reverse(Topic.snippet_viewset.get_url_name("list"))
    return f"{address}?{urlencode([*asked, ('next', index)])}"


class TopicForm(WagtailAdminModelForm):
    """A topic; its synonyms each once, and none that is another topic."""

    dropped: tuple[str, ...] = ()

    def clean_title(self) -> str:
        """Return the title. Raises ValidationError where another topic is or means the same."""
        title = self.cleaned_data["title"]
        other = topic_called(title, besides=self.instance)
        if other is not None:
            raise ValidationError(_("There is a topic “%(title)s” already.") % {"title": other})
        other = topic_that_means(title, besides=self.instance)
        if other is not None:
            raise ValidationError(
                _("“%(name)s” is a synonym of the topic “%(title)s”: take it out there first.")
                % {"name": title, "title": other}
            )
        return title

    def clean_synonyms(self) -> str:
        """Return each synonym once. Raises ValidationError where one belongs to another topic."""
        tidy = tidy_synonyms(
            self.cleaned_data["synonyms"].splitlines(), self.cleaned_data.get("title", "")
        )
        self.dropped = tidy.dropped
        errors = [message for word in tidy.kept for message in self._problems(word)]
        if errors:
            raise ValidationError(errors)
        return "\n".join(tidy.kept)

    def _problems(self, word: str) -> list[str]:
        if len(word) > LONGEST_SYNONYM:
            return [
                _("“%(word)s…” is too long for a synonym: up to %(number)d signs.")
                % {"word": word[:40], "number": LONGEST_SYNONYM}
            ]
        other = topic_called(word, besides=self.instance)
        if other is not None:
            return [self._offer(other)]
        other = topic_that_means(word, besides=self.instance)
        if other is not None:
            return [
                _("“%(word)s” is a synonym of the topic “%(title)s” already.")
                % {"word": word, "title": other}
            ]
        return []

    def _offer(self, other: Topic) -> str:
        """Say that the synonym is a topic of its own, with the way to make one of both."""
        said = _("“%(title)s” is a topic of its own.") % {"title": other}
        may_merge = self.for_user is not None and self.for_user.has_perms(TO_MERGE)
        if self.instance.pk is None or not may_merge:
            return said
        offer = _("Merge the two")
        return format_html(
            '{} <a href="{}">{}</a>', said, merging_address(self.instance, other), offer
        )


class TellsWhatWasDropped:
    """After a save, the synonyms that were there twice."""

    def get_success_message(self, *instance: Topic) -> str:
        """Add to Wagtail's message which synonyms were left out."""
        said = super().get_success_message(*instance)
        if not self.form.dropped:
            return said
        dropped = ", ".join(self.form.dropped)
        left_out = _("Left out, because it was there already: %(words)s.") % {"words": dropped}
        return f"{said} {left_out}"


class TopicCreateView(TellsWhatWasDropped, CreateView):
    """A new topic."""


class TopicEditView(TellsWhatWasDropped, EditView):
    """A topic that is changed."""


class ArticlesColumn(Column):
    """How many articles have the topic."""

    def get_value(self, instance: Topic) -> int:
        """Return the number that the list has counted."""
        return instance.number_of_articles


class SynonymsColumn(Column):
    """The synonyms in one line."""

    def get_value(self, instance: Topic) -> str:
        """Return them with commas."""
        return ", ".join(instance.synonyms.splitlines())


class TopicViewSet(SnippetViewSet):
    """The list of subjects."""

    model = Topic
    icon = "tag"
    list_display = [
        "title",
        SynonymsColumn("synonyms", label=gettext_lazy("Synonyms")),
        ArticlesColumn("articles", label=gettext_lazy("Articles"), sort_key="number_of_articles"),
    ]
    search_fields = ["title", "synonyms"]
    ordering = ["title"]
    edit_handler = ObjectList(Topic.panels, base_form_class=TopicForm)
    add_view_class = TopicCreateView
    edit_view_class = TopicEditView

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        """Count the articles of each topic."""
        return Topic.objects.annotate(number_of_articles=Count("articles"))


class MergeForm(forms.Form):
    """Which of the topics stays."""

    into = forms.ModelChoiceField(
        label=gettext_lazy("The topic that stays"),
        queryset=Topic.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": gettext_lazy("Say which topic stays.")},
    )

    def __init__(self, *args: Any, topics: list[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = Topic.objects.filter(pk__in=[each.pk for each in topics])


@hooks.register("register_bulk_action")
class MergeBulkAction(SnippetBulkAction):
    """Make one topic of those that are ticked in the list."""

    models = [Topic]
    display_name = gettext_lazy("Merge")
    action_type = "merge"
    aria_label = gettext_lazy("Merge the chosen topics")
    template_name = "magazine/desk/topics/merge.html"
    action_priority = 20
    form_class = MergeForm

    def __init__(self, request: HttpRequest, model: type[Topic]) -> None:
        super().__init__(request, model)
        if self.next_url == request.path:
            self.next_url = reverse(Topic.snippet_viewset.get_url_name("list"))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer 404 to those who may not merge, and tell that one topic alone can't be."""
        if not request.user.has_perms(TO_MERGE):
            raise Http404
        if len(self.topics) < 2:
            messages.error(request, _("Choose at least two topics to merge."))
            return redirect(self.next_url)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def topics(self) -> list[Topic]:
        """Return the topics that were ticked."""
        return sorted(self.get_actionable_objects()[0], key=lambda topic: topic.title.casefold())

    def get_form_kwargs(self) -> dict[str, Any]:
        """Let the form choose among them."""
        return super().get_form_kwargs() | {"topics": self.topics}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what would move."""
        rows = [
            {
                "topic": topic,
                "address": topic.get_absolute_url(),
                "articles": articles_about([topic]),
            }
            for topic in self.topics
        ]
        return super().get_context_data(**kwargs) | {
            "rows": rows,
            "number": articles_about(self.topics),
        }

    def form_valid(self, form: MergeForm) -> HttpResponse:
        """Merge; what keeps it from being done is said."""
        into = form.cleaned_data["into"]
        others = [topic for topic in self.topics if topic.pk != into.pk]
        try:
            merged = merge_topics(into, others, by=self.request.user)
        except TopicError as error:
            messages.error(self.request, str(error))
            return redirect(self.next_url)
        self.tell(merged.into, merged.titles, merged.articles)
        return redirect(self.next_url)

    def tell(self, into: Topic, titles: tuple[str, ...], articles: int) -> None:
        """Say what was done."""
        said = ngettext(
            "Merged into “%(into)s”: %(titles)s. %(number)d article moved.",
            "Merged into “%(into)s”: %(titles)s. %(number)d articles moved.",
            articles,
        ) % {"titles": ", ".join(titles), "into": into, "number": articles}
        messages.success(self.request, said)


@hooks.register("register_log_actions")
def log_merges(actions: LogActionRegistry) -> None:
    """Say in a topic's history what was merged into it."""

    @actions.register_action(MERGED)
    class MergeFormatter(LogFormatter):
        label = gettext_lazy("Topics merged")

        def format_message(self, log_entry: BaseLogEntry) -> str | SafeString:
            """Return the titles that are gone."""
            titles = ", ".join(log_entry.data.get("titles", []))
            return _("Merged into this topic: %(titles)s") % {"titles": titles}
