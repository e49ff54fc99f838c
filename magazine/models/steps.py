"""Keep the steps that an article goes through, and what it is once each is approved."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState, WorkflowState

from magazine.readiness import refuse_unready


class Step(AbstractGroupApprovalTask):
    """One step of the way from the author to the layout: a group reads, then approves."""

    class Reached(models.TextChoices):
        """What an article is once the step is approved."""

        REREAD = "reread", _("Reread")
        CORRECTED = "corrected", _("Corrected")
        READY = "ready", _("Ready for layout")

    reached = models.CharField(
        _("once approved, the article is"), max_length=9, choices=Reached.choices
    )

    admin_form_fields = [*AbstractGroupApprovalTask.admin_form_fields, "reached"]

    class Meta:
        verbose_name = _("step of an article")
        verbose_name_plural = _("steps of an article")

    def start(self, workflow_state: WorkflowState, user: object = None) -> TaskState:
        """Begin the step. Raises NotReadyError where checks keep the article from the last one."""
        if self.reached == self.Reached.READY:
            refuse_unready(workflow_state.content_object)
        return super().start(workflow_state, user=user)

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: object, action_name: str, **kwargs: object):  # noqa: ANN201
        """Approve the latest text, or send it back. Raises NotReadyError where checks refuse it."""
        if action_name == "approve":
            article = task_state.workflow_state.content_object
            if self.reached == self.Reached.READY:
                refuse_unready(article)
            # What was mended during the step is what is approved; Wagtail keeps the first text.
            task_state.revision = article.latest_revision
            task_state.save(update_fields=["revision"])
        return super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> str:
        """Return what a superuser reads who adds a step."""
        return str(_("A group approves; what the article is then shows on the desk."))
