"""Everything that editors keep: articles, issues, people, sections, media, publication."""

from magazine.models.articles import Article, Byline
from magazine.models.checking import PassedCheck, VisitedLink
from magazine.models.comments import Comment
from magazine.models.corrections import Correction
from magazine.models.digital import DigitalEdition, DigitalText
from magazine.models.entries import IssueEntry
from magazine.models.house_pages import AccessibilityStatement, HousePage, PrivacyNotice
from magazine.models.issues import Issue, IssueArchive
from magazine.models.kinds import (
    CaseStudy,
    Feature,
    Interview,
    InterviewedPerson,
    KeyFigure,
    Opinion,
)
from magazine.models.leaves import DrawnLeaves
from magazine.models.letters import Letter, LetterDelivery, Subscriber
from magazine.models.media import Picture, PictureRendition
from magazine.models.paper import PaperOffer, PaperPage, PointOfSale
from magazine.models.past_issues import IssueFile, PastIssue, PastPiece
from magazine.models.people import Contributor, Organisation
from magazine.models.planning import PieceKind, PlannedPiece
from magazine.models.proofreading import DismissedFinding, HouseWord, ProofFinding, Proofreading
from magazine.models.publication import Publication
from magazine.models.releases import RefusedRelease
from magazine.models.reviewing import Remark, ReviewLink
from magazine.models.searching import FollowedHit, QuestionDay, SearchChange, SynonymSet
from magazine.models.sections import EditorsChoice, Home, Section, Topic
from magazine.models.sharing import SharingPicture
from magazine.models.steps import Step
from magazine.models.trash import Trash, TrashedPage

__all__ = [
    "AccessibilityStatement",
    "Article",
    "Byline",
    "CaseStudy",
    "Comment",
    "Contributor",
    "Correction",
    "DigitalEdition",
    "DigitalText",
    "DismissedFinding",
    "DrawnLeaves",
    "EditorsChoice",
    "Feature",
    "FollowedHit",
    "Home",
    "HousePage",
    "HouseWord",
    "Interview",
    "InterviewedPerson",
    "Issue",
    "IssueArchive",
    "IssueEntry",
    "IssueFile",
    "KeyFigure",
    "Letter",
    "LetterDelivery",
    "Opinion",
    "Organisation",
    "PaperOffer",
    "PaperPage",
    "PassedCheck",
    "PastIssue",
    "PastPiece",
    "Picture",
    "PictureRendition",
    "PieceKind",
    "PlannedPiece",
    "PointOfSale",
    "PrivacyNotice",
    "ProofFinding",
    "Proofreading",
    "Publication",
    "QuestionDay",
    "RefusedRelease",
    "Remark",
    "ReviewLink",
    "SearchChange",
    "Section",
    "SharingPicture",
    "Step",
    "Subscriber",
    "SynonymSet",
    "Topic",
    "Trash",
    "TrashedPage",
    "VisitedLink",
]
