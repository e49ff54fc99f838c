"""The body of an article: one small file per family of blocks."""

from magazine.blocks.body import BodyBlock

__all__ = ["BodyBlock"]
