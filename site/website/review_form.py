"""Take a guest's remark: its text, and the place in the draft that it speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from magazine.models.reviewing import LONGEST_REMARK
from magazine.review import ReviewError, readable
from magazine.review_places import Place


class RemarkField(forms.CharField):
    """A text that the house's own rule takes or refuses, each time with a reason."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Your remark"),
            strip=False,
            widget=forms.Textarea(attrs={"rows": 7, "maxlength": LONGEST_REMARK, "dir": "auto"}),
        )
        # The rule knows about NUL too, and says it in the same words as of its like.
        self.validators = []

    def clean(self, value: object) -> str:
        """Return the readable text. Raises ValidationError with the rule's reason."""
        try:
            return readable(str(value or ""))
        except ReviewError as error:
            raise forms.ValidationError(str(error)) from error


class RemarkForm(forms.Form):
    """One remark; `places` are those that the guest can choose."""

    place = forms.ChoiceField(label=_("It is about"), required=False)
    text = RemarkField()

    def __init__(self, *args: object, places: Sequence[Place], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._places = {place.code: place for place in places}
        self.fields["place"].choices = [
            ("", _("the whole text")),
            *((place.code, place.label) for place in places),
        ]

    @property
    def chosen(self) -> Place | None:
        """Return the place that was chosen; None for the whole text."""
        return self._places.get(self.cleaned_data["place"])
