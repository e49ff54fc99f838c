"""Put a finding out of sight for good, or bring it back."""

from magazine.models import Article, DismissedFinding


def dismiss(article: Article, fingerprint: str, *, by: object) -> None:
    """Don't show this finding again in this article, wherever its words move; again is no harm."""
    DismissedFinding.objects.get_or_create(
        article_id=article.pk, fingerprint=fingerprint, defaults={"dismissed_by": by}
    )


def undismiss(article: Article, fingerprint: str) -> None:
    """Show this finding again, should it still stand."""
    DismissedFinding.objects.filter(article_id=article.pk, fingerprint=fingerprint).delete()
