"""The complete year before: what was scored in commune Kumru, all of it checked. Pure data."""

from scorecards.practice.places import KUMRU
from scorecards.practice.sittings import LOCKED, Sitting

LAST_YEAR = (
    Sitting(
        KUMRU, "CA", "00010101", LOCKED, "04-22", (32, 18, 9, 4, 2, 3, 6), {
            "timely-service": "1 3 3 5 3 | 1 0 4 4 2 | 0 1 4 0 1",
            "service-information": "4 4 3 3 1 | 1 5 3 1 1 | 0 3 2 1 0",
            "friendly-council": "0 1 3 5 6 | 0 2 2 4 3 | 0 1 2 0 3",
            "roads": "2 9 3 1 0 | 4 2 3 2 0 | 2 2 2 0 0",
            "plans": "0 2 9 3 1 | 1 4 2 1 3 | 0 1 3 1 1",
            "water": "4 7 1 2 1 | 1 6 3 1 0 | 1 2 3 0 0",
        }, "04-24", "04-29",
    ),
    Sitting(
        KUMRU, "PS", "00010101", LOCKED, "05-13", (37, 23, 12, 6, 1, 4, 7), {
            "classrooms": "3 8 3 3 1 | 1 4 5 0 0 | 3 2 3 1 0",
            "books": "0 5 11 2 0 | 0 5 3 2 0 | 0 3 5 0 1",
            "latrines": "1 3 5 7 2 | 0 2 5 2 1 | 0 2 3 3 1",
            "teachers-time": "0 2 4 7 5 | 0 0 2 4 4 | 0 0 2 4 3",
            "teachers-pupils": "1 0 2 4 11 | 0 0 2 5 3 | 0 1 0 6 2",
            "parents": "1 4 5 7 1 | 1 4 2 2 1 | 1 2 3 3 0",
        }, "05-15", "05-19",
    ),
    Sitting(
        KUMRU, "HC", "00010101", LOCKED, "05-20", (35, 21, 10, 5, 2, 3, 8), {
            "staff-number": "6 7 2 1 1 | 3 3 4 1 0 | 3 1 3 0 0",
            "supplies": "4 8 4 1 0 | 3 2 4 2 0 | 1 3 2 1 0",
            "clean-water": "1 1 9 5 1 | 0 4 3 2 2 | 1 1 2 2 1",
            "friendly-staff": "2 5 6 2 2 | 0 3 5 2 1 | 1 1 4 0 1",
            "fees-posted": "2 6 5 3 1 | 3 3 1 3 1 | 0 3 3 1 0",
            "on-duty": "4 5 5 2 1 | 3 2 3 3 0 | 1 2 3 1 0",
        }, "05-22", "05-27",
    ),
    Sitting(
        KUMRU, "HC", "00010103", LOCKED, "06-12", (30, 17, 8, 4, 1, 5, 6), {
            "staff-number": "5 4 3 2 0 | 1 7 1 1 0 | 0 4 2 0 0",
            "supplies": "4 3 5 2 0 | 2 4 2 2 0 | 0 3 3 0 0",
            "clean-water": "0 2 8 3 1 | 1 2 4 3 0 | 0 0 5 1 0",
            "friendly-staff": "3 1 4 6 0 | 0 4 3 2 1 | 0 1 3 2 0",
            "fees-posted": "2 5 4 2 1 | 2 2 5 0 1 | 1 2 2 1 0",
            "on-duty": "3 5 5 1 0 | 2 3 2 3 0 | 0 4 2 0 0",
        }, "06-14", "06-18",
    ),
    Sitting(
        KUMRU, "HC", "", LOCKED, counts={
            "staff-number": "1 2 4 1 0", "supplies": "0 2 5 1 0", "clean-water": "0 1 3 3 1",
            "friendly-staff": "0 0 1 6 1", "fees-posted": "0 1 3 2 2", "on-duty": "1 2 4 1 0",
        }, submitted="06-23", checked="06-27",
    ),
    Sitting(
        KUMRU, "PS", "", LOCKED, counts={
            "classrooms": "0 4 5 0 0", "books": "0 2 5 2 0", "latrines": "0 0 5 4 0",
            "teachers-time": "0 0 1 3 5", "teachers-pupils": "0 0 0 4 5", "parents": "0 0 6 1 2",
        }, submitted="06-24", checked="06-27",
    ),
    Sitting(
        KUMRU, "CA", "", LOCKED, counts={
            "timely-service": "0 0 2 3 2", "service-information": "0 1 3 2 1", "friendly-council": "0 0 2 1 4",
            "roads": "1 1 5 0 0", "plans": "0 0 3 3 1", "water": "0 2 3 2 0",
        }, submitted="06-25", checked="06-27",
    ),
)  # fmt: skip
