"""Everything that editors keep: articles, issues, people, sections, media, publication."""

from magazine.models.articles import Article, Byline
from magazine.models.checking import PassedCheck, VisitedLink
from magazine.models.comments import Comment
from magazine.models.corrections import Correction
from magazine.models.digital import DigitalEdition, DigitalText
from magazine.models.entries import IssueEntry
from magazine.models.issues import Issue, IssueArchive
from magazine.models.kinds import (
    CaseStudy,
    Feature,
    Interview,
    InterviewedPerson,
    KeyFigure,
    Opinion,
)
from magazine.models.letters import Letter, LetterDelivery, Subscriber
from magazine.models.media import Picture, PictureRendition
from magazine.models.people import Contributor, Organisation
from magazine.models.planning import PieceKind, PlannedPiece
from magazine.models.proofreading import DismissedFinding, HouseWord, ProofFinding, Proofreading
from magazine.models.publication import Publication
from magazine.models.releases import RefusedRelease
from magazine.models.reviewing import Remark, ReviewLink
from magazine.models.searching import FollowedHit, QuestionDay, SearchChange, SynonymSet
from magazine.models.sections import Home, Section, Topic
from magazine.models.steps import Step
from magazine.models.trash import Trash, TrashedPage

__all__ = [
    "Article",
    "Byline",
    "CaseStudy",
    "Comment",
    "Contributor",
    "Correction",
    "DigitalEdition",
    "DigitalText",
    "DismissedFinding",
    "Feature",
    "FollowedHit",
    "Home",
    "HouseWord",
    "Interview",
    "InterviewedPerson",
    "Issue",
    "IssueArchive",
    "IssueEntry",
    "KeyFigure",
    "Letter",
    "LetterDelivery",
    "Opinion",
    "Organisation",
    "PassedCheck",
    "Picture",
    "PictureRendition",
    "PieceKind",
    "PlannedPiece",
    "ProofFinding",
    "Proofreading",
    "Publication",
    "QuestionDay",
    "RefusedRelease",
    "Remark",
    "ReviewLink",
    "SearchChange",
    "Section",
    "Step",
    "Subscriber",
    "SynonymSet",
    "Topic",
    "Trash",
    "TrashedPage",
    "VisitedLink",
]
