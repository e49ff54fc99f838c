"""Everything that editors keep: articles, issues, people, sections, media, publication."""

from magazine.models.articles import Article, Byline
from magazine.models.issues import Issue, IssueArchive, IssueEntry
from magazine.models.kinds import (
    CaseStudy,
    Feature,
    Interview,
    InterviewedPerson,
    KeyFigure,
    Opinion,
)
from magazine.models.media import Picture, PictureRendition
from magazine.models.people import Contributor, Organisation
from magazine.models.publication import Publication
from magazine.models.sections import Home, Section, Topic

__all__ = [
    "Article",
    "Byline",
    "CaseStudy",
    "Contributor",
    "Feature",
    "Home",
    "Interview",
    "InterviewedPerson",
    "Issue",
    "IssueArchive",
    "IssueEntry",
    "KeyFigure",
    "Opinion",
    "Organisation",
    "Picture",
    "PictureRendition",
    "Publication",
    "Section",
    "Topic",
]
