"""Stand in Wagtail's place: the same name, but each piece once and an issue as a whole."""

from magazine.management.commands import release_scheduled


class Command(release_scheduled.Command):
    """Wagtail's own publishes twice, loses schedules when killed, stops at the first bad page."""

    help = "Does what release_scheduled does."
