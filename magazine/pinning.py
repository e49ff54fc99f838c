"""Tell which revisions somebody counts on, so that no autosave writes over them."""

from django.db import transaction
from django.db.models import PROTECT
from django.utils import timezone
from wagtail.models import Revision

from magazine.models.reviewing import ReviewLink


@transaction.atomic
def is_pinned(revision: Revision) -> bool:
    """Tell whether an issue, the press or a guest's address holds exactly this revision.

    What may not be deleted may not be rewritten either. The row is locked, so that nothing
    is pinned between the answer and the end of the caller's transaction.
    """
    Revision.objects.select_for_update().filter(pk=revision.pk).first()
    if ReviewLink.objects.open_at(timezone.now()).filter(revision=revision).exists():
        return True
    holders = (
        relation.related_model._base_manager.filter(**{relation.field.name: revision.pk})  # noqa: SLF001
        for relation in Revision._meta.get_fields(include_hidden=True)
        if getattr(relation, "on_delete", None) is PROTECT
    )
    return any(held.exists() for held in holders)
