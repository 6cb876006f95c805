"""Run as a process: write reviews on everybody's parts, again after each conflict; say what is confirmed, as JSON."""

import json
import random
import sys
import time

from reviewing import ASSIGNMENT, DECLARED

from autograder.review.model import ConflictError, Marker
from autograder.review.store import ReviewStore


def main() -> None:
    url, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    chance = random.Random(name)
    with ReviewStore(url, ASSIGNMENT, DECLARED) as store:
        for number in range(count):
            part = store.part(chance.choice(("a01", "a02", "a03")), chance.choice(DECLARED).id)
            level, comment = chance.randint(1, 4), f"{name}, n° {number}"
            conflicts = 0
            while True:
                seen = store.see(Marker(name), part)
                time.sleep(chance.random() / 200)  # a person thinks
                try:
                    store.write(part, Marker(name), seen.version, level=level, comment=comment)
                    break
                except ConflictError:
                    conflicts += 1
            found = {"seen": seen.mine.comment if seen.mine else "", "conflicts": conflicts}
            found |= {"marker": name, "part": part.id, "learner": part.learner, "comment": comment}
            sys.stdout.write(json.dumps(found) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
