"""List the demo's pictures: who drew each, what it shows, where the eye must land."""

from collections.abc import Callable
from dataclasses import dataclass

from magazine.demo.riso import Sheet
from magazine.demo.scenes import covers, hall, journeys, line, older, paper, portraits, street

DRAWN = "Illustration Solène Aubry"
PHOTOGRAPHED = "Photographie Farid Benhadj"
LICENCE = "CC BY-SA 4.0"


@dataclass(frozen=True)
class Subject:
    """What is known of a picture before it is drawn; `focal` is x, y, width, height in pixels."""

    name: str
    scene: Callable[[], Sheet]
    title: str
    alt_text: str
    credit: str = DRAWN
    mode: str = "RGB"
    focal: tuple[int, int, int, int] | None = None
    licence: str = LICENCE


FACE = (620, 580, 760, 980)

SUBJECTS = (
    Subject(
        "couverture-07",
        covers.queue_round_a_ticket,
        "L'attente, couverture du n° 7",
        "Une longue file de silhouettes serpente jusqu'à l'horizon autour d'un ticket géant, "
        "déchiré, qui porte le numéro B 703.",
        focal=(720, 1180, 1420, 1700),
    ),
    Subject(
        "couverture-08",
        covers.bell_nobody_answers,
        "Le silence, couverture du n° 8",
        "Une femme minuscule debout sur une sonnette de comptoir grande comme une colline ; "
        "au pied, un tas d'enveloppes fermées.",
        focal=(560, 1320, 2060, 1600),
    ),
    Subject(
        "couverture-06",
        older.spare_screw,
        "Le mode d'emploi, couverture du n° 6",
        "Une clé à six pans haute comme un réverbère ; à ses pieds, un homme lit une notice et "
        "une vis est restée par terre.",
    ),
    Subject(
        "couverture-05",
        older.counter_too_tall,
        "Derrière le comptoir, couverture du n° 5",
        "Un comptoir haut comme un immeuble, une lampe allumée tout en haut ; des gens y montent "
        "à l'échelle.",
    ),
    Subject(
        "couverture-04",
        older.nought_euros,
        "Gratuit, couverture du n° 4",
        "Un zéro grand comme un stade, où une file de gens entre par le milieu.",
    ),
    Subject(
        "file-de-silhouettes",
        hall.row_of_silhouettes,
        "La file",
        "Treize personnes attendent en file sous un rouleau de tickets numérotés ; un seul "
        "numéro, le 703, est appelé.",
        focal=(1600, 30, 560, 1400),
    ),
    Subject(
        "guichet-12",
        hall.counter_twelve,
        "Guichet 12",
        "Le guichet 12 : derrière l'hygiaphone, une employée à lunettes ; de dos, au premier "
        "plan, une cliente au chignon.",
        focal=(240, 880, 1500, 1500),
        credit=PHOTOGRAPHED,
    ),
    Subject(
        "salle-d-attente",
        hall.waiting_room,
        "La salle d'attente",
        "Trois rangées de chaises vides sous une horloge ; un homme, seul, lit une lettre.",
        focal=(1950, 720, 560, 640),
        credit=PHOTOGRAPHED,
    ),
    Subject(
        "horloge-gare",
        hall.station_clock,
        "L'horloge de la gare",
        "Une immense horloge de gare marque presque neuf heures ; à son pied, quelques "
        "voyageurs et un chien.",
        focal=(480, 160, 1700, 1700),
        credit=PHOTOGRAPHED,
    ),
    Subject(
        "telephone-spirale",
        line.coiled_cord,
        "Le fil",
        "Un téléphone à cadran, décroché ; son fil spiralé fait des détours avant d'atteindre "
        "le combiné.",
        focal=(1540, 220, 1300, 1100),
    ),
    Subject(
        "boulangerie-queue",
        street.bakery_queue,
        "Devant la boulangerie",
        "Une file de huit clients devant une boulangerie au store rayé, sous l'enseigne PAIN.",
        focal=(1150, 60, 1700, 1700),
    ),
    Subject(
        "fournil",
        street.bakehouse,
        "Le fournil",
        "La bouche rougeoyante d'un four à pain ; quatre pains longs sortent sur la pelle.",
        focal=(400, 360, 1620, 1760),
    ),
    Subject(
        "ferry",
        journeys.ferry,
        "La traversée",
        "Un ferry à quai devant un soleil bas ; les passagers montent un à un par la passerelle.",
        focal=(0, 300, 1900, 1100),
        credit=PHOTOGRAPHED,
    ),
    Subject(
        "casque-operateur",
        line.headset,
        "Le casque",
        "Un casque de téléconseiller posé sur un cadran d'horloge, micro devant la bouche absente.",
        focal=(320, 280, 1760, 1860),
    ),
    Subject(
        "ticket-dechire",
        paper.torn_ticket,
        "Le ticket déchiré",
        "Un ticket numéro 703 déchiré par le milieu ; les deux moitiés s'écartent.",
        focal=(900, 300, 1080, 1320),
    ),
    Subject(
        "tableau-d-appel",
        hall.call_board,
        "Le tableau d'appel",
        "Un tableau lumineux appelle le ticket B 703 au guichet 12 ; en dessous, une rangée de "
        "têtes levées.",
        focal=(360, 160, 1440, 980),
    ),
    Subject(
        "couloir-hopital",
        journeys.hospital_corridor,
        "Le couloir",
        "Un couloir d'hôpital en perspective, portes closes ; une silhouette à contre-jour, "
        "tout au bout.",
        PHOTOGRAPHED,
        "L",
        (1240, 560, 560, 620),
    ),
    Subject(
        "onde-musique",
        line.music_on_hold,
        "La musique d'attente",
        "L'onde d'une musique d'attente, ample à gauche, qui s'éteint en ligne plate au bout de "
        "douze minutes.",
        mode="L",
        focal=(140, 120, 1500, 1360),
    ),
    Subject(
        "formulaire",
        paper.stack_of_forms,
        "Le formulaire",
        "Une pile de formulaires en éventail, une seule case cochée, un tampon 703 et un crayon.",
        mode="CMYK",
        focal=(320, 360, 1680, 2000),
        credit=PHOTOGRAPHED,
    ),
    Subject(
        "meteo-nps",
        paper.weather_of_scores,
        "La météo des notes",
        "Une carte météo où les soleils et les averses portent des notes de clients : plus 42, "
        "plus 18, plus 3, moins 9, moins 27.",
        mode="CMYK",
        focal=(900, 480, 1400, 1300),
    ),
    Subject(
        "film-still",
        journeys.film_still,
        "Image du film « Dernier guichet »",
        "La nuit, un homme et son chien devant un guichet éclairé ; son ombre traverse la place.",
        PHOTOGRAPHED,
        focal=(1000, 240, 900, 1100),
    ),
    Subject(
        "boite-vocale",
        line.answering_machine,
        "Quatre-vingt-dix-neuf messages",
        "Un répondeur à cassette dont l'écran affiche 99 messages et plus.",
        focal=(1440, 80, 1280, 1340),
    ),
    Subject(
        "lettres-sans-reponse",
        paper.letters_without_answer,
        "Lettres sans réponse",
        "Un mur d'enveloppes fermées ; une seule est ouverte et contient un point d'interrogation.",
        focal=(1500, 500, 830, 820),
    ),
    Subject(
        "cloche-comptoir",
        street.counter_bell,
        "La sonnette",
        "Vue de dessus, une main s'approche du bouton d'une sonnette de comptoir ; des ondes "
        "claires s'en éloignent.",
        focal=(440, 290, 1440, 1440),
        credit=PHOTOGRAPHED,
    ),
    Subject(
        "compteur-eau",
        street.water_meter,
        "Le compteur",
        "Un compteur d'eau sur sa conduite : les rouleaux marquent 000703.",
        focal=(700, 240, 1480, 1480),
    ),
    Subject(
        "rayon-librairie",
        street.book_shelves,
        "Le rayon",
        "Trois rayons de livres serrés ; au milieu, un vide où penche un seul volume.",
        focal=(1380, 640, 700, 640),
    ),
    Subject(
        "portrait-ines",
        portraits.DRAWN["ines"],
        "Inès Carpentier",
        "Portrait d'Inès Carpentier : carré noir à frange, lunettes rondes, veste d'ouvrier verte.",
        focal=FACE,
    ),
    Subject(
        "portrait-bastien",
        portraits.DRAWN["bastien"],
        "Bastien Louvel",
        "Portrait de Bastien Louvel : barbe et cheveux roses en brosse, tee-shirt clair.",
        focal=FACE,
    ),
    Subject(
        "portrait-maud",
        portraits.DRAWN["maud"],
        "Maud Kerivel",
        "Portrait de Maud Kerivel : boucles roses, taches de rousseur, grand sourire, marinière.",
        focal=FACE,
    ),
    Subject(
        "portrait-farid",
        portraits.DRAWN["farid"],
        "Farid Benhadj",
        "Portrait de Farid Benhadj : cheveux ras, bouc, courroie d'appareil photo en travers de "
        "la chemise.",
        focal=FACE,
    ),
    Subject(
        "portrait-solene",
        portraits.DRAWN["solene"],
        "Solène Aubry",
        "Portrait de Solène Aubry : chignon rose, crayon sur l'oreille, col roulé.",
        focal=FACE,
    ),
    Subject(
        "portrait-theo",
        portraits.DRAWN["theo"],
        "Théo Marchetti",
        "Portrait de Théo Marchetti : raie sur le côté, lunettes carrées, moustache, costume et "
        "cravate rose.",
        focal=FACE,
    ),
    Subject(
        "portrait-helene",
        portraits.DRAWN["helene"],
        "Hélène Vasseur",
        "Portrait d'Hélène Vasseur : cheveux blancs ondulés, demi-lunes, châle noir à bandes "
        "roses.",
        focal=FACE,
    ),
    Subject(
        "portrait-karim",
        portraits.DRAWN["karim"],
        "Karim Touré",
        "Portrait de Karim Touré : locks, lunettes rondes, sourire, tee-shirt blanc.",
        focal=FACE,
    ),
    Subject(
        "portrait-nora",
        portraits.DRAWN["nora"],
        "Nora Lindqvist",
        "Portrait de Nora Lindqvist : longue tresse claire sur l'épaule, col roulé vert.",
        focal=FACE,
    ),
    Subject(
        "portrait-sociologue",
        portraits.DRAWN["sociologue"],
        "La sociologue",
        "Portrait de la sociologue : large coiffure afro, créoles, chemise blanche.",
        focal=FACE,
        credit=PHOTOGRAPHED,
    ),
    Subject(
        "portrait-capitaine",
        portraits.DRAWN["capitaine"],
        "Le capitaine",
        "Portrait du capitaine : casquette blanche, barbe blanche, uniforme vert.",
        focal=FACE,
        credit=PHOTOGRAPHED,
    ),
    Subject(
        "portrait-mediatrice",
        portraits.DRAWN["mediatrice"],
        "La médiatrice",
        "Portrait de la médiatrice : foulard violet, lunettes carrées, sourire.",
        focal=FACE,
    ),
)
BY_NAME = {subject.name: subject for subject in SUBJECTS}
