"""The agreed actions of the practice plans, and what became of each plan. Pure data.

An action names the provider and the criterion whose low score it answers; the score itself is never written here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from scorecards.practice.places import KUMRU, OU, PHNUM
from scorecards.standards.lists import Text

COMMUNE_FUND, DISTRICT, LINE_OFFICE, GIVER = "commune", "district", "line_office", "giver"
SUBMITTED, APPROVED, RETURNED = "submitted", "approved", "returned"
CHIEF, CLERK = Text("មេឃុំ", "Commune chief"), Text("ស្មៀនឃុំ", "Commune clerk")
HEAD_OF_CENTRE, DIRECTOR = Text("ប្រធានមណ្ឌល", "HC chief"), Text("នាយកសាលា", "School director")
CENTRE, SCHOOL = Text("មណ្ឌលសុខភាព", "Health centre"), Text("សាលាបឋមសិក្សា", "Primary school")
HALL = Text("សាលាឃុំ", "Commune hall")
PARENTS, COUNCIL = Text("មាតាបិតាសិស្ស", "Parents"), Text("ក្រុមប្រឹក្សាឃុំ", "Commune council")
TIMES, PLACES = Text("ដង", "times"), Text("កន្លែង", "places")
EVERYBODY = (8390, 4280)
PUPILS = (486, 241)
NOBODY_ELSE = Text("", "")


@dataclass(frozen=True)
class Action:
    """`months` are the first and last of the plan's year. An empty `route`: the provider does it itself (section ខ)."""

    provider: str
    criterion: str
    activity: Text
    proposer: Text
    location: Text
    quantity: int
    unit: Text
    months: tuple[int, int]
    people: tuple[int, int]  # all, women
    riel: int | None
    lead: Text
    route: str = ""
    partners: Text = NOBODY_ELSE


@dataclass(frozen=True)
class Plan:
    """Days are months and days of the round's year. `answer` is why the council returned it."""

    commune: str
    years_ago: int
    actions: tuple[Action, ...]
    drafted: str
    submitted: str = ""
    outcome: str = ""
    session: str = ""  # number of the council session; the year is added
    held: str = ""
    present: tuple[int, int, int] = (0, 0, 0)  # present, women among them, members
    answer: str = ""
    remarks: Mapping[str, str] | None = None  # login: what this person remarks


DRAFT_OF_KUMRU = (
    Action("CA", "roads", Text("ស្ថាបនាប្រព័ន្ធលូភូមិគំរូ ២", "Build the village drain in Kumru 2"),
        Text("ភូមិគំរូ ៣", "Kumru 3"), Text("ភូមិគំរូ ២", "Kumru 2"), 1200, Text("ម៉ែត្រ", "m"), (3, 11), (2140, 1100),
        48_000_000, CHIEF, COMMUNE_FUND),
    Action("HC", "on-duty", Text("សាងសង់បន្ទប់បុគ្គលិកប្រចាំការយប់", "Build a room for staff on night duty"),
        Text("ស្ត្រី ភូមិគំរូ ២", "Women, Kumru 2"), CENTRE, 1, Text("បន្ទប់", "room"), (2, 6), EVERYBODY,
        6_400_000, HEAD_OF_CENTRE, DISTRICT),
    Action("HC", "supplies", Text("បញ្ជូនថ្នាំកុមារជារៀងរាល់ខែ", "Send children’s medicine every month"),
        Text("យុវជន ភូមិគំរូ ២", "Youth, Kumru 2"), CENTRE, 12, TIMES, (1, 12), (1260, 610),
        0, Text("ស្រុកប្រតិបត្តិសុខាភិបាល", "Health operational district"), LINE_OFFICE),
    Action("PS", "books", Text("ទិញសៀវភៅអានសម្រាប់បណ្ណាល័យ", "Buy reading books for the library"),
        PARENTS, SCHOOL, 400, Text("ក្បាល", "books"), (1, 3), PUPILS, 3_200_000, DIRECTOR, GIVER),
    Action("HC", "supplies", Text("បិទផ្សាយបញ្ជីថ្នាំដែលមាន និងអស់ រៀងរាល់ថ្ងៃចន្ទ",
            "Post the list of medicine in stock and out of stock every Monday"),
        Text("យុវជន ភូមិគំរូ ២", "Youth, Kumru 2"), CENTRE, 52, TIMES, (1, 12), EVERYBODY, 0, HEAD_OF_CENTRE),
    Action("HC", "on-duty", Text("រៀបចំតារាងពេទ្យប្រចាំការយប់ និងលេខទូរស័ព្ទ", "Set a night duty roster with a phone number"),
        Text("ស្ត្រី ភូមិគំរូ ១", "Women, Kumru 1"), CENTRE, 1, Text("តារាង", "roster"), (1, 2), EVERYBODY, 0, HEAD_OF_CENTRE),
    # Two English texts are left for whoever practises.
    Action("PS", "parents", Text("ប្រជុំមាតាបិតាសិស្សរៀងរាល់ត្រីមាស", ""), PARENTS, SCHOOL, 4, TIMES, (1, 12), PUPILS,
        400_000, DIRECTOR),
    Action("CA", "service-information", Text("បិទផ្សាយតម្លៃសេវានៅតាមភូមិ", ""), Text("ភូមិគំរូ ១", "Kumru 1"),
        Text("ភូមិគំរូ ១", "Kumru 1 village"), 4, Text("ក្តារ", "boards"), (1, 3), EVERYBODY, 150_000, CLERK),
)  # fmt: skip
APPROVED_OF_KUMRU = (
    Action("CA", "water", Text("ជីកអណ្ដូងទឹក ២ កន្លែង", "Dig two wells"), Text("ស្ត្រី ភូមិគំរូ ១", "Women, Kumru 1"),
        Text("ភូមិគំរូ ១ និង ៤", "Kumru 1 and 4"), 2, Text("អណ្ដូង", "wells"), (2, 12), (1310, 690), 24_000_000, CHIEF,
        COMMUNE_FUND),
    Action("CA", "roads", Text("ចាក់គ្រួសក្រហមផ្លូវភូមិគំរូ ១", "Surface the road of Kumru 1 with laterite"),
        Text("ភូមិគំរូ ១", "Kumru 1"), Text("ភូមិគំរូ ១", "Kumru 1"), 850, Text("ម៉ែត្រ", "m"), (2, 5), (2210, 1130),
        18_500_000, CHIEF, COMMUNE_FUND),
    Action("CA", "roads", Text("ជួសជុលស្ពានឈើភូមិគំរូ ៣", "Repair the wooden bridge in Kumru 3"),
        Text("ភូមិគំរូ ៣", "Kumru 3"), Text("ភូមិគំរូ ៣", "Kumru 3"), 1, Text("ស្ពាន", "bridge"), (3, 6), (1940, 980),
        12_000_000, CHIEF, COMMUNE_FUND, Text("មេភូមិ", "Village chief")),
    Action("PS", "classrooms", Text("សាងសង់បន្ទប់រៀន ១ នៅសាលាបឋមសិក្សា", "Build one classroom at the primary school"),
        PARENTS, SCHOOL, 1, Text("បន្ទប់", "room"), (4, 10), PUPILS, 86_000_000, DIRECTOR, DISTRICT),
    Action("HC", "staff-number", Text("បន្ថែមឆ្មប ១ នាក់", "One more midwife"), Text("ស្ត្រី ភូមិគំរូ ៣", "Women, Kumru 3"),
        CENTRE, 1, Text("នាក់", "person"), (1, 8), EVERYBODY, 0, Text("ស្រុកប្រតិបត្តិសុខាភិបាល", "Health operational district"),
        LINE_OFFICE),
    Action("HC", "supplies", Text("ទិញគ្រែសម្រាល និងឧបករណ៍", "Buy a delivery bed and instruments"),
        Text("ស្ត្រី ភូមិគំរូ ១", "Women, Kumru 1"), CENTRE, 1, Text("ឈុត", "set"), (1, 4), EVERYBODY, 5_200_000,
        HEAD_OF_CENTRE, GIVER),
    Action("PS", "latrines", Text("ដាក់ធុងទឹកនៅជិតបង្គន់សាលា", "Put a water tank beside the school latrines"),
        PARENTS, SCHOOL, 2, Text("ធុង", "tanks"), (1, 3), PUPILS, 2_400_000, DIRECTOR, GIVER),
    Action("CA", "service-information", Text("បិទផ្សាយតម្លៃសេវានៅក្តារព័ត៌មានសាលាឃុំ",
            "Post service fees on the notice board of the commune hall"),
        Text("ភូមិគំរូ ១", "Kumru 1"), HALL, 1, Text("ក្តារ", "board"), (1, 3), EVERYBODY, 0, CLERK),
    Action("CA", "timely-service", Text("បើកសាលាឃុំពេលព្រឹកថ្ងៃសៅរ៍", "Open the commune hall on Saturday mornings"),
        Text("យុវជន ភូមិគំរូ ១", "Youth, Kumru 1"), HALL, 52, TIMES, (1, 12), EVERYBODY, 0, CLERK),
    Action("CA", "plans", Text("ប្រជុំពន្យល់ផែនការនៅភូមិទាំង ៤", "Explain the plans at a meeting in each of the four villages"),
        Text("ភូមិគំរូ ៤", "Kumru 4"), Text("ភូមិទាំង ៤", "All four villages"), 4, TIMES, (2, 4), EVERYBODY, 200_000, CHIEF),
    Action("HC", "friendly-staff", Text("ដាក់ប្រអប់មតិនៅមណ្ឌលសុខភាព", "Put a box for opinions in the health centre"),
        Text("យុវជន ភូមិគំរូ ១", "Youth, Kumru 1"), CENTRE, 1, Text("ប្រអប់", "box"), (1, 5), EVERYBODY, 300_000,
        HEAD_OF_CENTRE),
    Action("HC", "fees-posted", Text("បិទតារាងតម្លៃនៅមុខអាគារ", "Post the list of fees in front of the building"),
        Text("ភូមិគំរូ ៣", "Kumru 3"), CENTRE, 1, Text("តារាង", "list"), (1, 1), EVERYBODY, 0, HEAD_OF_CENTRE),
    Action("HC", "friendly-staff", Text("ប្រជុំបុគ្គលិកប្រចាំខែអំពីការទទួលអ្នកជំងឺ",
            "Meet the staff each month about receiving patients"),
        Text("ស្ត្រី ភូមិគំរូ ៣", "Women, Kumru 3"), CENTRE, 12, TIMES, (1, 12), EVERYBODY, 0, HEAD_OF_CENTRE),
    Action("PS", "latrines", Text("ធ្វើកន្លែងលាងដៃ ៤ កន្លែង", "Make four places to wash hands"),
        Text("សិស្ស", "Pupils"), SCHOOL, 4, PLACES, (2, 5), PUPILS, 600_000, DIRECTOR, partners=PARENTS),
    Action("PS", "parents", Text("គ្រូចុះសួរសុខទុក្ខសិស្សអវត្តមាន", "Teachers visit pupils who are absent"),
        PARENTS, SCHOOL, 40, TIMES, (1, 12), PUPILS, 0, DIRECTOR),
    Action("PS", "books", Text("រៀបចំថ្ងៃអានសៀវភៅរៀងរាល់ខែ", "Hold a reading day each month"),
        Text("គ្រូបង្រៀន", "Teachers"), SCHOOL, 12, TIMES, (1, 12), PUPILS, 0, DIRECTOR),
)  # fmt: skip
SUBMITTED_OF_OU = (
    Action("CA Ou", "roads", Text("ជួសជុលផ្លូវលំភូមិអូរគំរូ ២", "Repair the track of Ou Kumru 2"),
        Text("ភូមិអូរគំរូ ២", "Ou Kumru 2"), Text("ភូមិអូរគំរូ ២", "Ou Kumru 2"), 600, Text("ម៉ែត្រ", "m"), (2, 5), (1480, 760),
        15_500_000, CHIEF, COMMUNE_FUND),
    Action("PS Ou", "separate-latrines", Text("សាងសង់បង្គន់សម្រាប់សិស្សស្រី", "Build a latrine for girls"),
        Text("សិស្សស្រី", "Girls of the school"), SCHOOL, 2, Text("បន្ទប់", "rooms"), (2, 9), (312, 158), 9_800_000, DIRECTOR,
        GIVER, COUNCIL),
    Action("CA Ou", "budget", Text("ពន្យល់ថវិកាឃុំនៅពេលប្រជុំភូមិ", "Explain the commune budget at village meetings"),
        Text("ភូមិអូរគំរូ ១", "Ou Kumru 1"), Text("ភូមិទាំង ២", "Both villages"), 4, TIMES, (1, 12), (2960, 1510), 0, CHIEF),
    Action("HC", "on-duty", Text("បិទលេខទូរស័ព្ទពេទ្យប្រចាំការនៅតាមភូមិ", "Post the number of the staff on duty in the villages"),
        Text("ស្ត្រី ភូមិអូរគំរូ ១", "Women, Ou Kumru 1"), Text("ភូមិទាំង ២", "Both villages"), 2, PLACES, (1, 2), (2960, 1510), 0,
        HEAD_OF_CENTRE),
    Action("PS Ou", "library", Text("បើកបណ្ណាល័យរៀងរាល់រសៀល", "Open the library every afternoon"),
        PARENTS, SCHOOL, 1, Text("បណ្ណាល័យ", "library"), (1, 12), (312, 158), 0, DIRECTOR),
)  # fmt: skip
RETURNED_OF_PHNUM = (
    Action("CA Phnum", "water", Text("ជីកអណ្ដូងទឹកភូមិភ្នំគំរូ ២", "Dig a well in Phnum Kumru 2"),
        Text("ស្ត្រី ភូមិភ្នំគំរូ ២", "Women, Phnum Kumru 2"), Text("ភូមិភ្នំគំរូ ២", "Phnum Kumru 2"), 1, Text("អណ្ដូង", "well"),
        (3, 8), (870, 450), 13_000_000, CHIEF, COMMUNE_FUND),
    Action("HC", "on-duty", Text("ពេទ្យចុះភូមិម្ដងក្នុងមួយខែ", "Staff visit the village once a month"),
        Text("ភូមិភ្នំគំរូ ១", "Phnum Kumru 1"), Text("ភូមិភ្នំគំរូ ១", "Phnum Kumru 1"), 12, TIMES, (1, 12), (1690, 870), 0,
        HEAD_OF_CENTRE),
    Action("CA Phnum", "listens", Text("អញ្ជើញយុវជនចូលប្រជុំប្រចាំខែ", "Invite young people to the monthly meeting"),
        Text("យុវជន ភូមិភ្នំគំរូ ១", "Youth, Phnum Kumru 1"), HALL, 12, TIMES, (1, 12), (1690, 870), 0, CLERK),
)  # fmt: skip

PLANS = (
    Plan(
        KUMRU, 1, APPROVED_OF_KUMRU, drafted="07-21", submitted="08-12", outcome=APPROVED, session="08",
        held="08-29", present=(6, 2, 7), remarks={"councillor": "តើស្ពានភូមិគំរូ ៣ អាចធ្វើមុនរដូវវស្សាបានទេ?"},
    ),
    Plan(KUMRU, 0, DRAFT_OF_KUMRU, drafted="07-20"),
    Plan(
        OU, 0, SUBMITTED_OF_OU, drafted="07-06", submitted="08-14",
        remarks={"councillor2": "សូមពិនិត្យតម្លៃប៉ាន់ស្មានផ្លូវលំម្ដងទៀត។"},
    ),
    Plan(
        PHNUM, 0, RETURNED_OF_PHNUM, drafted="07-09", submitted="08-11", outcome=RETURNED, session="08",
        held="08-25", present=(5, 1, 5),
        answer="សូមបញ្ជាក់កន្លែងជីកអណ្ដូង ហើយសួរស្រុកអំពីពេទ្យចុះភូមិ។",
    ),
)  # fmt: skip
