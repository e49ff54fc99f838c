"""Ask the judged questions of every engine, and print how well each was answered.

Usage: bench/judged_search.py [--engine NAME] [--held-out] [--each | --unjudged]

The judged articles and the demo's are loaded once into a magazine of its own under var/judged;
delete that folder after a change of articles. With SEARCH_URL in the environment the server is
asked too. `--each` tells what each question got; `--unjudged` names, out of order and without
their places, the articles among the first ten that nobody has judged for a question.
"""

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "judged"
PLACES = 10


def set_up() -> None:
    """Prepare Django on the magazine of the judged set; load it the first time."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    os.environ |= {
        "DATA_DIR": str(FOLDER),
        "DATABASE_URL": f"sqlite:///{FOLDER}/judged.sqlite3",
        "DJANGO_SETTINGS_MODULE": "website.settings",
        "SEARCH_INDEX": "judged",
        "DEBUG": "yes",
    }
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from magazine.models import Article
    from magazine.search.engines import engine_names
    from magazine.search.upkeep import rebuild
    from tests.factories import PictureFactory
    from tests.judged import load_judged

    if not Article.objects.exists():
        load_judged(PictureFactory())
    for name in engine_names():
        rebuild(name)


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")


def main() -> None:
    """Ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine")
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--each", action="store_true")
    parser.add_argument("--unjudged", action="store_true")
    chosen = parser.parse_args()
    set_up()
    from magazine.search.engines import engine_names
    from tests.judged import missed, ndcg, questions, ranking

    file = "held-out.toml" if chosen.held_out else "questions.toml"
    names = [chosen.engine] if chosen.engine else list(engine_names())
    unjudged: dict[str, set[str]] = {}
    for name in names:
        gains, failures = [], 0
        for question in questions(file):
            slugs = ranking(question.text, name, PLACES)
            gains.append(ndcg(slugs, question.grades))
            wrong = missed(question, slugs)
            failures += len(wrong)
            unknown = set(slugs) - set(question.grades) - set(question.seen)
            unjudged.setdefault(question.text, set()).update(unknown)
            if chosen.each:
                say(f"{gains[-1]:.3f}  {question.text}  {'; '.join(wrong)}")
                for slug in slugs:
                    say(f"          {question.grades.get(slug, '·')}  {slug}")
        mean = sum(gains) / len(gains)
        say(f"{name}: nDCG@{PLACES} {mean:.4f} over {len(gains)}, {failures} musts missed")
    if chosen.unjudged:
        for text, slugs in unjudged.items():
            if slugs:
                say(f"{text}: {', '.join(sorted(slugs))}")


if __name__ == "__main__":
    main()
