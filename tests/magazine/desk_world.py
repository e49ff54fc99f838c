"""A desk with one of everything, whose hidden words all contain SECRET; and its six roles."""

import datetime as dt
import hashlib
import io
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Group
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.utils import timezone
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.documents import get_document_model
from wagtail.models import Collection, PageLogEntry, PageViewRestriction, Site

from magazine import roles
from magazine.models import (
    Comment,
    Correction,
    HouseWord,
    Letter,
    PlannedPiece,
    PointOfSale,
    Remark,
    ReviewLink,
    Step,
    Subscriber,
    SynonymSet,
)
from magazine.trash import throw_away
from print.editions import find_profile, open_edition
from print.models import Advert, PressFile
from tests.factories import (
    ContributorFactory,
    FeatureFactory,
    OrganisationFactory,
    PictureFactory,
    SectionFactory,
    TopicFactory,
    paragraphs,
)

SECRET = "Zorglub"
GROUPS = {
    "contributor": roles.CONTRIBUTOR,
    "editor": roles.EDITOR,
    "chief": roles.EDITOR_IN_CHIEF,
    "production": roles.PRODUCTION,
    "printer": roles.PRINT_PARTNER,
}


def member(role, name=None):
    """Somebody with a role of the house, `superuser` or `anonymous`."""
    if role == "anonymous":
        return AnonymousUser()
    users = get_user_model().objects
    name = name or role
    if role == "superuser":
        return users.create_superuser(name, f"{name}@guichet.example", "x")
    user = users.create_user(name, f"{name}@guichet.example", "x")
    user.groups.add(Group.objects.get(name=GROUPS[role]))
    return user


@dataclass
class Desk:
    """The objects by the names that addresses give them, and the pages a contributor may meet."""

    arguments: dict = field(default_factory=dict)
    hidden: dict = field(default_factory=dict)
    shown: dict = field(default_factory=dict)

    @property
    def written(self):
        """The pages on which every verb is tried: somebody's draft, and one that is live."""
        return {self.hidden["foreign"], self.shown["live"]}


def furnish(magazine, contributor, editor):
    """Build the desk; what the contributor may not know of is named with SECRET."""
    own = written_by(magazine, contributor, title="Mon brouillon")
    foreign = written_by(magazine, editor, title=f"{SECRET} brouillon", kicker=f"{SECRET} sur")
    live = magazine.article(title="Paru", owner=editor)
    live.title = f"{SECRET} repris"
    live.body = paragraphs(f"{SECRET} nouveau texte.")
    live.save_revision(user=editor)
    private = magazine.article(title=f"{SECRET} réservé", owner=editor)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    hidden_section = SectionFactory(parent=magazine.home, title=f"{SECRET} rubrique", live=False)
    submitted = written_by(magazine, editor, title=f"{SECRET} rendu")
    state = submitted.get_workflow().start(submitted, editor)
    issue = magazine.issue(foreign, number=7, live=False, title=f"{SECRET} numéro")
    released = magazine.issue(live, number=6, title="Numéro paru")
    picture = PictureFactory(title=f"{SECRET} image", uploaded_by_user=editor)
    picture.tags.add(f"{SECRET}étiquette")
    own_picture = PictureFactory(title="Mon image", uploaded_by_user=contributor)
    document = get_document_model().objects.create(
        title=f"{SECRET} document",
        uploaded_by_user=editor,
        file=ContentFile(b"%PDF-1.7", name="d.pdf"),
    )
    PlannedPiece.objects.create(title=f"{SECRET} idée", issue=issue, note=f"{SECRET} note")
    redirect = Redirect.objects.create(old_path="/vieux", redirect_page=foreign)
    PageLogEntry.objects.log_action(foreign, "wagtail.edit", user=contributor)
    # Once theirs, then taken over: it stays in the list of what they edited.
    taken = written_by(magazine, editor, title=f"{SECRET} repris par d’autres")
    PageLogEntry.objects.log_action(taken, "wagtail.edit", user=contributor)
    locked = written_by(magazine, editor, title=f"{SECRET} verrouillé")
    type(locked).objects.filter(pk=locked.pk).update(
        locked=True, locked_by=contributor, locked_at=timezone.now()
    )
    thrown = written_by(magazine, editor, title=f"{SECRET} jeté")
    throw_away(thrown, by=editor)
    author, organisation = ContributorFactory(), OrganisationFactory()
    topic = TopicFactory()
    foreign.topics.add(topic)
    foreign.lead_picture = own_picture
    foreign.save()
    foreign.save_revision(user=editor)
    link = ReviewLink.objects.create(
        article=foreign.article_ptr,
        revision=foreign.latest_revision,
        guest=f"{SECRET} invitée",
        key_digest="0" * 64,
        expires_at=timezone.now() + dt.timedelta(days=3),
    )
    correction = Correction.objects.create(
        article=foreign.article_ptr, wrong=f"{SECRET} faux", text=f"{SECRET} juste"
    )
    comment = Comment.objects.create(
        article=live.article_ptr, name=f"{SECRET} lectrice", text=f"{SECRET} avis"
    )
    remark = Remark.objects.create(link=link, text=f"{SECRET} remarque")
    # No job runs behind a test: what searches and usage tell of is gathered here.
    call_command("update_index", verbosity=0, stdout=io.StringIO())
    call_command("rebuild_references_index", verbosity=0, stdout=io.StringIO())
    step = Step.objects.get(reached="reread")
    edition = open_edition(issue, find_profile("fanzine-a4"))
    arguments = {
        "page": foreign,
        "section": magazine.section,
        "state": state,
        "step": step,
        "picture": picture,
        "own_picture": own_picture,
        "document": document,
        "redirect": redirect,
        "remark": remark,
        "correction": correction,
        "comment": comment,
        "contributor": author,
        "houseword": HouseWord.objects.create(word="omnicanal"),
        "synonymset": SynonymSet.objects.create(terms="guichet\ncomptoir"),
        "question": pinned(foreign),
        "letter": Letter.objects.create(subject=f"{SECRET} lettre", opening=f"<p>{SECRET}</p>"),
        "subscriber": Subscriber.objects.create(
            mail=f"{SECRET}@guichet.example",
            digest="d",
            key="k",
            asked_at=timezone.now(),
            consent="2026-11",
        ),
        "organisation": organisation,
        "pointofsale": PointOfSale.objects.create(name="Kiosque", town="Montreval"),
        "topic": topic,
        "editor": editor,
        "thrown": thrown,
        "site": Site.objects.get(),
        "group": Group.objects.get(name=roles.EDITOR),
        "collection": Collection.get_first_root_node().add_child(name="Dossiers"),
        "publication": magazine.publication,
        "edition": edition,
        "press_file": printed(edition),
        "advert": advertised(edition.profile),
    }
    return Desk(
        arguments,
        hidden={
            "foreign": foreign,
            "private": private,
            "section": hidden_section,
            "submitted": submitted,
            "issue": issue,
            "locked": locked,
        },
        shown={"own": own, "live": live, "released": released, "home": magazine.home},
    )


def pinned(article):
    """A question of readers to which an article is pinned."""
    question = Query.get("le guichet")
    question.add_hit(timezone.localdate())
    SearchPromotion.objects.create(query=question, page=article.page_ptr)
    return question


def printed(edition):
    """A press file of the edition, with its pictures and a plate."""
    data, folder = b"%PDF-1.7", "n7/proof"
    digest = hashlib.sha256(data).hexdigest()
    for name in ("n7/proof.pdf", f"{folder}/page-1.jpg", f"{folder}/ink-1.png"):
        storages["press"].save(name, ContentFile(data))
    box = [0, 0, 100, 100]
    made = PressFile.objects.create(
        edition=edition,
        inputs_digest=digest,
        sha256=digest,
        name=f"{folder}.pdf",
        pages=1,
        size=len(data),
        seconds=1,
        errors=0,
        warnings=0,
        report={
            "variant": f"{SECRET} variante",
            "pages": 1,
            "passed": [],
            "findings": [],
            "facts": [{"number": 1, "media": box, "product": box}],
        },
    )
    made.supplements.create(role="plate", name=made.name, sha256=digest, size=len(data))
    return made


def advertised(profile):
    """An advert whose file is there."""
    buffer = io.BytesIO()
    Image.new("RGB", (30, 20)).save(buffer, "JPEG")
    return Advert.objects.create(
        title=f"{SECRET} annonce",
        advertiser=f"{SECRET} annonceur",
        profile=profile,
        file=ContentFile(buffer.getvalue(), name="annonce.jpg"),
        sha256=hashlib.sha256(buffer.getvalue()).hexdigest(),
    )


def written_by(magazine, author, **fields):
    """A draft of somebody's, under the section."""
    draft = FeatureFactory(parent=magazine.section, live=False, owner=author, **fields)
    draft.body = paragraphs(f"{fields.get('title', '')} et son texte.")
    draft.save_revision(user=author)
    draft.refresh_from_db()
    return draft
