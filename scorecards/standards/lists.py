"""The lists that every installation starts with: services, words of the scales, tags. Pure data, Khmer and English.

The criteria of the services are in `scorecards.standards.criteria`. All of it can be changed or switched off in the
portal later; loading again brings nothing back and changes nothing (`scorecards.operations.standard_lists`).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    km: str
    en: str


@dataclass(frozen=True)
class Service:
    code: str
    name: Text
    sector: Text
    is_scored_by_village: bool


@dataclass(frozen=True)
class StandardScale:
    """`words` are those of the scores 1, 2, … in that order."""

    code: str
    name: Text
    words: tuple[Text, ...]


# All three are scored village by village: people come where they live, and a facilitator holds one meeting there.
# Where a programme scores a service once for the whole commune, it switches that off for the service.
SERVICES = (
    Service("CA", Text("រដ្ឋបាលឃុំ/សង្កាត់", "Commune administration"), Text("រដ្ឋបាលសាធារណៈ", "Public administration"), True),
    Service("PS", Text("សាលាបឋមសិក្សា", "Primary school"), Text("ការអប់រំ", "Education"), True),
    Service("HC", Text("មណ្ឌលសុខភាព", "Health centre"), Text("សុខភាព", "Health"), True),
)  # fmt: skip

# The first scale of as many points as a programme has is the one it uses. Words of quality therefore stand first.
SCALES = (
    StandardScale(
        "quality-5", Text("គុណភាព ៥ ពិន្ទុ", "Quality, 5 points"),
        (
            Text("ខ្សោយណាស់", "Very poor"), Text("ខ្សោយ", "Poor"), Text("ទទួលយកបាន", "Acceptable"),
            Text("ល្អ", "Good"), Text("ល្អណាស់", "Very good"),
        ),
    ),
    StandardScale(
        "quality-3", Text("គុណភាព ៣ ពិន្ទុ", "Quality, 3 points"),
        (Text("ខ្សោយ", "Poor"), Text("ទទួលយកបាន", "Acceptable"), Text("ល្អ", "Good")),
    ),
    StandardScale(
        "satisfaction-5", Text("ការពេញចិត្ត ៥ ពិន្ទុ", "Satisfaction, 5 points"),
        (
            Text("មិនពេញចិត្តខ្លាំង", "Very dissatisfied"), Text("មិនពេញចិត្ត", "Dissatisfied"),
            Text("ទទួលយកបាន", "Acceptable"), Text("ពេញចិត្ត", "Satisfied"), Text("ពេញចិត្តខ្លាំង", "Very satisfied"),
        ),
    ),
    StandardScale(
        "satisfaction-3", Text("ការពេញចិត្ត ៣ ពិន្ទុ", "Satisfaction, 3 points"),
        (Text("មិនពេញចិត្ត", "Dissatisfied"), Text("ទទួលយកបាន", "Acceptable"), Text("ពេញចិត្ត", "Satisfied")),
    ),
)  # fmt: skip

# What criteria are about. Years and places are compared through these alone, so they are few and stay.
TAGS = {
    "staff-number": Text("ចំនួនបុគ្គលិក", "Number of staff"),
    "staff-time": Text("ភាពទៀងម៉ោង", "Working hours"),
    "staff-behaviour": Text("អាកប្បកិរិយាបុគ្គលិក", "Staff behaviour"),
    "quality-of-service": Text("គុណភាពសេវា", "Quality of service"),
    "management": Text("ការគ្រប់គ្រង", "Management"),
    "supplies": Text("សម្ភារៈ បរិក្ខារ និងថ្នាំ", "Supplies, equipment and medicine"),
    "water-sanitation": Text("ទឹកស្អាត និងអនាម័យ", "Water and sanitation"),
    "buildings": Text("អាគារ និងបរិស្ថាន", "Buildings and surroundings"),
    "roads": Text("ផ្លូវ និងលូ", "Roads and drains"),
    "information": Text("ព័ត៌មាន", "Information"),
    "fees": Text("តម្លៃសេវា", "Service fees"),
    "participation": Text("ការចូលរួម", "Participation"),
    "fair-access": Text("សេវាសម្រាប់អ្នកងាយរងគ្រោះ", "Service for vulnerable people"),
}
