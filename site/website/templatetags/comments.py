"""Hand an article's page what readers wrote under it."""

from django import template
from django.template.context import RequestContext

from magazine.models import Article
from website.threads import Conversation, conversation_under

register = template.Library()


@register.simple_tag(takes_context=True)
def conversation_of(context: RequestContext, article: Article) -> Conversation | None:
    """`{% conversation_of page as talk %}`: None where no comments belong (a preview)."""
    return conversation_under(context["request"], article)
