"""A plan as `submit_action_plan` freezes it: the invented practice commune, as long as a test needs."""

from copy import deepcopy

DRAIN = ("ស្ថាបនាប្រព័ន្ធលូភូមិគំរូ ២", "Build the village drain in Kumru 2")
# What a person in a hurry types: three hundred characters, not one space.
UNSPACED = (
    "ស្ថាបនាប្រព័ន្ធលូបង្ហូរទឹកនិងជួសជុលផ្លូវលំក្រាលគ្រួសក្រហមនៅក្នុងភូមិដើម្បីកុំឱ្យលិចទឹកនៅរដូវវស្សា"
    "ហើយរៀបចំគណៈកម្មការថែទាំដែលមានស្ត្រីចូលរួមនិងប្រមូលវិភាគទានពីប្រជាពលរដ្ឋតាមលទ្ធភាពព្រមទាំងបិទផ្សាយ"
    "របាយការណ៍ចំណូលចំណាយជាសាធារណៈរៀងរាល់ត្រីមាសនៅសាលាឃុំនិងតាមភូមិនីមួយៗដើម្បីឱ្យអ្នកទាំងអស់គ្នាបានដឹង"
)
HEALTH_CENTRE = ("មណ្ឌលសុខភាព", "Health centre")
SCHOOL = ("សាលាបឋមសិក្សា", "Primary school")
OFFICE = ("រដ្ឋបាលឃុំ", "Commune administration")
FUND = ("មូលនិធិឃុំ / កម្មវិធីវិនិយោគ", "commune fund / CIP")
DISTRICT = ("ស្រុក", "district")
LINE_OFFICE = ("មន្ទីរជំនាញ", "line office")
GIVER = ("អង្គការ / ឯកជន", "NGO / private")
NOBODY = ("", "")

# activity, proposer, target, score, location, quantity, unit, start, end, people, women, riel, lead, route
EXTERNAL = [
    (DRAIN, ("ភូមិគំរូ ៣", "Kumru 3"), ("ផ្លូវ និងលូ", "Roads and drains"), "2.6", ("ភូមិគំរូ ២", "Kumru 2"),
     "1200", ("ម៉ែត្រ", "m"), 3, 11, 2140, 1100, 48_000_000, ("មេឃុំ", "Commune chief"), FUND),
    (("សាងសង់បន្ទប់បុគ្គលិកប្រចាំការយប់", "Build a room for staff on night duty"), ("ស្ត្រី ភូមិគំរូ ២", "Women, Kumru 2"),
     ("មានពេទ្យប្រចាំការ ២៤ ម៉ោង", "Staff on duty 24 hours"), "2.7", HEALTH_CENTRE, "1", ("បន្ទប់", "room"), 2, 6,
     8390, 4280, 6_400_000, ("ប្រធានមណ្ឌល", "HC chief"), DISTRICT),
    (("បញ្ជូនថ្នាំកុមារជារៀងរាល់ខែ", "Send children’s medicine every month"), ("យុវជន ភូមិគំរូ ២", "Youth, Kumru 2"),
     ("សម្ភារៈ បរិក្ខារ និងថ្នាំគ្រប់គ្រាន់", "Enough supplies, equipment and medicine"), "2.4", HEALTH_CENTRE, "12",
     ("ដង", "times"), 1, 12, 1260, 610, 0, ("ស្រុកប្រតិបត្តិសុខាភិបាល", "Health operational district"), LINE_OFFICE),
    (("ទិញសៀវភៅអានសម្រាប់បណ្ណាល័យ", "Buy reading books for the library"), ("មាតាបិតាសិស្ស", "Parents"),
     ("សៀវភៅ និងសម្ភារៈ", "Books and materials"), "3.0", SCHOOL, "400", ("ក្បាល", "books"), 1, 3, 486, 241, 3_200_000,
     ("នាយកសាលា", "School director"), GIVER),
]  # fmt: skip
INTERNAL = [
    (HEALTH_CENTRE, [
        (("បិទផ្សាយបញ្ជីថ្នាំដែលមាន និងអស់ រៀងរាល់ថ្ងៃចន្ទ", "Post the list of medicine in stock and out of stock every Monday"),
         ("យុវជន ភូមិគំរូ ២", "Youth, Kumru 2"), ("សម្ភារៈ បរិក្ខារ និងថ្នាំគ្រប់គ្រាន់", "Enough supplies, equipment and medicine"),
         "2.4", HEALTH_CENTRE, "52", ("ដង", "times"), 1, 12, 8390, 4280, 0, ("ប្រធានមណ្ឌល", "HC chief"), NOBODY),
        (("រៀបចំតារាងពេទ្យប្រចាំការយប់ និងលេខទូរស័ព្ទ", "Set a night duty roster with a phone number"),
         ("ស្ត្រី ភូមិគំរូ ១", "Women, Kumru 1"), ("មានពេទ្យប្រចាំការ ២៤ ម៉ោង", "Staff on duty 24 hours"), "2.7", HEALTH_CENTRE,
         "1", ("តារាង", "roster"), 1, 2, 8390, 4280, 0, ("ប្រធានមណ្ឌល", "HC chief"), NOBODY),
    ]),
    (SCHOOL, [
        (("ប្រជុំមាតាបិតាសិស្សរៀងរាល់ត្រីមាស", "Meet the parents every three months"), ("មាតាបិតាសិស្ស", "Parents"),
         ("ទំនាក់ទំនងជាមួយមាតាបិតា", "Contact with parents"), "3.4", SCHOOL, "4", ("ដង", "times"), 1, 12, 486, 241, 400_000,
         ("នាយកសាលា", "School director"), NOBODY),
    ]),
    (OFFICE, [
        (("បិទផ្សាយតម្លៃសេវានៅតាមភូមិ", "Post service fees in each village"), ("ភូមិគំរូ ១", "Kumru 1"),
         ("ព័ត៌មានសេវា", "Service information"), "3.1", ("ភូមិគំរូ ១", "Kumru 1 village"), "4", ("ក្តារ", "boards"), 1, 3, 8390,
         4280, 150_000, ("ស្មៀនឃុំ", "Commune clerk"), NOBODY),
    ]),
]  # fmt: skip


def text(km: str, en: str = "") -> dict:
    return {"km": km, "en": en}


def item(number: int, row: tuple) -> dict:
    """An item of the content from one of the rows above."""
    (
        activity,
        proposer,
        target,
        score,
        location,
        quantity,
        unit,
        start,
        end,
        people,
        women,
        riel,
        lead,
        route,
    ) = row
    return {
        "id": number,
        "number": number,
        "activity": text(*activity),
        "proposer": text(*proposer),
        "target": text(*target),
        "target_score": score,
        "location": text(*location),
        "quantity": quantity,
        "unit": text(*unit),
        "start": f"2027-{start:02d}-01",
        "end": f"2027-{end:02d}-01",
        "beneficiaries": people,
        "female": women,
        "cost_riel": riel,
        "lead": text(*lead),
        "partners": text(""),
        "route": text(*route),
        "status": text("មិនទាន់ចាប់ផ្ដើម", "Not started"),
    }


def example_content(items: int = 8, **changes) -> dict:
    """A valid content with so many items: the eight of the practice plan, then the same again."""
    external = (EXTERNAL * items)[: (items + 1) // 2]
    inside = [(provider, row) for provider, rows in INTERNAL for row in rows]
    internal = (inside * items)[: items // 2]
    content = {
        "schema": 1,
        "practice": True,
        "draft": False,
        "document_code": "JAAP-000101-2027",
        "plan_year": 2027,
        "version": 3,
        "submitted_on": "2026-07-24",
        "meeting_on": "2026-07-17",
        "commune": {"code": "000101", "kind": text("ឃុំ", "commune"), "name": text("គំរូ", "Kumru")},
        "district": {"code": "0001", "kind": text("ស្រុក", "district"), "name": text("គំរូ", "Kumru")},
        "province": {"code": "00", "kind": text("ខេត្ត", "province"), "name": text("គំរូ", "Kumru")},
        "words": {
            "plan_title": text("ផែនការសកម្មភាពរួម ស្ដីពីការងារគណនេយ្យភាពសង្គម", "Joint accountability action plan"),
            "plan_short": text("ផ.ស.រ.គ", "JAAP"),
            "external_heading": text("សកម្មភាពដែលត្រូវការធនធានពីខាងក្រៅ", "Activities needing outside resources"),
            "internal_heading": text("សកម្មភាពអាទិភាពខាងក្នុង", "Internal priority activities"),
        },
        "external": [item(number, row) for number, row in enumerate(external, start=1)],
        "internal": _by_provider(internal),
        "copies_to": [
            text("មណ្ឌលសុខភាព", "health centre"),
            text("សាលាបឋមសិក្សា", "primary school"),
            text("រដ្ឋបាលស្រុក", "district administration"),
            text("ឯកសារ", "file"),
        ],
        "signatures": [
            {"role": "facilitator", "title": text("អ្នកសម្របសម្រួលសហគមន៍", "Facilitator"), "name": text("")},
            {"role": "provider", "title": text(*HEALTH_CENTRE), "name": text("")},
            {"role": "provider", "title": text(*SCHOOL), "name": text("")},
            {"role": "witness", "title": text("បានឃើញ និងឯកភាព", "Seen and agreed"), "name": text("")},
            {"role": "chief", "title": text("មេឃុំ", "Commune chief"), "name": text("")},
        ],
        "corrections": [],
    }
    return deepcopy(content | changes)


def _by_provider(rows: list[tuple]) -> list[dict]:
    """Rows grouped under their provider; numbers go on through the section."""
    grouped = [(provider, [row for whose, row in rows if whose == provider]) for provider, _ in INTERNAL]
    number = 0
    groups = []
    for provider, members in grouped:
        if members:
            numbered = [item(number + place, row) for place, row in enumerate(members, start=1)]
            number += len(members)
            groups.append({"provider": text(*provider), "items": numbered})
    return groups
