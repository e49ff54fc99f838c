"""Let an editor give an older issue its PDF, and no number that another issue has."""

from __future__ import annotations

from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm


class PdfInput(forms.FileInput):
    """A file input that asks for PDFs."""

    def __init__(self) -> None:
        super().__init__(attrs={"accept": "application/pdf,.pdf"})


class PastIssueForm(WagtailAdminPageForm):
    """The form of an older issue."""

    new_file = forms.FileField(
        label=gettext_lazy("PDF of the whole issue"),
        required=False,
        widget=PdfInput,
        help_text=gettext_lazy(
            "Readers leaf through it and download it. Up to 80 MB, without password or scripts."
        ),
    )
    # What was brought in with a form that another field kept from being saved.
    received = forms.CharField(required=False, widget=forms.HiddenInput)
    take_file_away = forms.BooleanField(
        label=gettext_lazy("Take the PDF away"),
        required=False,
        help_text=gettext_lazy("Readers lose it when the page is published."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.instance.file
        if kept is None:
            self.fields["take_file_away"].widget = forms.HiddenInput()
            return
        self.fields["new_file"].help_text = _(
            "There is one of %(pages)s pages and %(megabytes)s MB; another one takes its place."
        ) % {
            "pages": kept.pages,
            "megabytes": formats.number_format(max(0.1, kept.size / 1_000_000), 1),
        }

    def clean_number(self) -> int | None:
        """Return the number. Raises ValidationError where an issue of the site has it."""
        number = self.cleaned_data["number"]
        issues = apps.get_model("magazine", "Issue").objects
        if number is not None and issues.filter(number=number).exists():
            raise ValidationError(_("An issue of this site has this number already."))
        return number

    def clean_new_file(self) -> Any:
        """Return the file as the storage keeps it. Raises ValidationError for an unfit one.

        A form that comes back for another field's sake brings the file along.
        """
        from magazine.past_issues import FileRefused, take_in

        upload = self.cleaned_data["new_file"]
        if not upload:
            return None
        try:
            kept = take_in(upload, self.for_user)
        except FileRefused as refused:
            raise ValidationError(str(refused)) from refused
        self.data = self.data.copy()
        self.data[self.add_prefix("received")] = kept.sha256
        # The field was bound before it was looked at, and shows what it said then.
        self["new_file"].help_text = _("The file has come in: no need to choose it again.")
        return kept

    def clean(self) -> dict[str, Any]:
        """Return what was filled in, with the file that an earlier try brought."""
        cleaned = super().clean()
        if not cleaned.get("new_file") and cleaned.get("received"):
            files = self.instance._meta.get_field("file").related_model.objects
            cleaned["new_file"] = files.filter(sha256=cleaned["received"]).first()
        return cleaned

    def save(self, commit: bool = True) -> Any:
        """Save the page with the file that was brought in, or without the one taken away."""
        if self.cleaned_data.get("new_file"):
            self.instance.file = self.cleaned_data["new_file"]
        elif self.cleaned_data.get("take_file_away"):
            self.instance.file = None
        return super().save(commit=commit)
