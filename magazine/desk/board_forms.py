"""The form of one row of the planning board, and that of the article it is linked to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput, AdminPageChooser

from magazine.models import Article, Issue, PlannedPiece, Section
from magazine.models.trash import outside_trash
from magazine.planning_order import stamp_of

OF_THE_ARTICLE = ("title", "kind", "section")


class SignsField(forms.IntegerField):
    """A number of signs as editors write it: “9 000” with any kind of space."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def to_python(self, value: Any) -> int | None:
        """Return the number without the spaces that part its thousands."""
        return super().to_python("".join(value.split()) if isinstance(value, str) else value)


class IssueField(forms.ModelChoiceField):
    """One of the issues in the making, by number and title."""

    def label_from_instance(self, issue: Issue) -> str:
        """Return the issue as the board's tabs name it."""
        return gettext("No. %(number)s, %(title)s") % {
            "number": issue.number,
            "title": issue.draft_title,
        }


class PieceForm(forms.ModelForm):
    """What is planned of one row; once there is an article, its own facts are left to it."""

    planned_signs = SignsField(
        label=_("planned signs"), required=False, min_value=0, help_text=_("Spaces included.")
    )
    issue = IssueField(
        queryset=Issue.objects.none(),
        label=_("issue"),
        required=False,
        empty_label=_("None: an idea for later"),
    )
    # The row as it was read: told apart from what somebody else has saved since.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = PlannedPiece
        fields = [
            *OF_THE_ARTICLE,
            *("author", "issue", "commissioned_on", "due_on"),
            *("planned_signs", "planned_pages", "note"),
        ]
        localized_fields = ["planned_pages"]
        widgets = {
            "commissioned_on": AdminDateInput,
            "due_on": AdminDateInput,
            "note": forms.Textarea(attrs={"rows": 4}),
            "title": forms.TextInput,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.article_id:
            for name in OF_THE_ARTICLE:
                del self.fields[name]
        else:
            self.fields["section"].queryset = Section.objects.order_by("path")
        for field in self.fields.values():
            field.label = capfirst(field.label)
        in_the_making = Issue.objects.filter(first_published_at=None, live=False)
        self.fields["issue"].queryset = in_the_making.order_by("number")
        self.initial["seen"] = stamp_of([repr(self.initial)])

    def clean(self) -> dict[str, Any]:
        """Refuse to overwrite, unasked, what somebody else saved since the form was opened."""
        cleaned = super().clean()
        now = self.initial["seen"]
        if self.data.get("seen") != now:
            self.data = {**self.data.dict(), "seen": now}
            raise ValidationError(
                _(
                    "Somebody else changed this row meanwhile. What you typed is still here: "
                    "save again to put it in place of theirs, or open the row anew to see it."
                )
            )
        return cleaned

    @property
    def planned(self) -> dict[str, Any]:
        """Return the fields of the piece, but for the issue, which is moved to."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"issue", "seen"}
        }


class LinkForm(forms.Form):
    """Which article is the one that was planned."""

    article = forms.ModelChoiceField(
        queryset=Article.objects.all(),
        label=_("article"),
        widget=AdminPageChooser(target_models=[Article]),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["article"].label = capfirst(self.fields["article"].label)
        self.fields["article"].queryset = outside_trash(Article.objects.all())
