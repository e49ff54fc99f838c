"""Let Wagtail's lists, choosers and searches show a user only what the desk lets them see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from wagtail.models import Page
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.query import PageQuerySet

from magazine.models.trash import outside_trash
from magazine.page_access import User, pages_that_show, sees_every_draft

CHANGING = {"change", "publish", "bulk_delete", "lock", "unlock"}


class DeskPagePolicy(PagePermissionPolicy):
    """Wagtail's page permissions, where “may add” doesn't mean “may look at everything”."""

    def explorable_instances(self, user: User) -> PageQuerySet:
        """Return the pages that the explorer, the searches and the reports may show."""
        pages = outside_trash(super().explorable_instances(user))
        if sees_every_draft(user):
            return pages
        shown = pages_that_show(user) | super().instances_user_has_any_permission_for(
            user, CHANGING
        )
        return pages.filter(pk__in=shown.order_by().values("pk"))

    def instances_user_has_any_permission_for(
        self, user: User, actions: Iterable[str]
    ) -> PageQuerySet:
        """Return the pages on which the user may do one of these things."""
        pages = outside_trash(super().instances_user_has_any_permission_for(user, actions))
        if "change" in actions and self._only_adds(user):
            return pages.exclude(live=True, owner=user)
        return pages

    def user_has_any_permission_for_instance(
        self, user: User, actions: Iterable[str], instance: Page
    ) -> bool:
        """Tell whether the user may do one of these things to the page."""
        allowed = super().user_has_any_permission_for_instance(user, actions, instance)
        if allowed and instance.live and set(actions) == {"change"} and self._only_adds(user):
            return False
        return allowed

    def _only_adds(self, user: User) -> bool:
        return not user.is_superuser and not any(
            permission.permission.codename == "change_page"
            for permission in self.get_cached_permissions_for_user(user)
        )


class OwnMayBeChosenPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's permissions of pictures and documents; one's own may be chosen again."""

    def user_has_permission(self, user: User, action: str) -> bool:
        """Tell whether the user may do this to some of them."""
        if action == "choose":
            return self._check_perm(user, ["choose", "add"])
        return super().user_has_permission(user, action)

    def user_has_any_permission_for_instance(
        self, user: User, actions: Iterable[str], instance: Any
    ) -> bool:
        """Tell whether the user may do one of these things to it."""
        if super().user_has_any_permission_for_instance(user, actions, instance):
            return True
        own = getattr(instance, self.owner_field_name) == user
        return (
            own
            and "choose" in actions
            and self._check_perm(user, ["add"], collection=instance.collection)
        )

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> Any:
        """Return those to which the user may do one of these things."""
        found = super().instances_user_has_any_permission_for(user, actions)
        if "choose" in actions and user.is_authenticated and not user.is_superuser:
            collections = self._collections_with_perm(user, ["add"])
            own = Q(collection__in=collections, **{self.owner_field_name: user})
            return found | self.model.objects.filter(own)
        return found

    def collections_user_has_permission_for(self, user: User, action: str) -> Any:
        """Return the collections in which the user may do this."""
        found = super().collections_user_has_permission_for(user, action)
        if action == "choose":
            return found | super().collections_user_has_permission_for(user, "add")
        return found
