"""Jobs of the letter: each takes ids, calls one step, and keeps its import path for ever."""

from django_tasks import task


@task()
def tell_subscriber(subscriber_id: int) -> None:
    """Write to somebody who asked for the letter, has it already, or was added by hand."""
    from magazine.subscriber_mail import tell

    tell(subscriber_id)


@task()
def draft_letter(issue_id: int) -> None:
    """Draft the letter of an issue that was just released, unless there is one."""
    from magazine.letters import draft_after_release

    draft_after_release(issue_id)


# Below the desk's own jobs: a letter to many must not hold them up.
@task(priority=-10)
def send_batch(letter_id: int) -> None:
    """Send the next mails of a letter, then order what remains."""
    from magazine.letter_sending import send_some

    send_some(letter_id)
