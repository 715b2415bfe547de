"""The practice province 00: invented places, providers, organisations and people. Pure data.

Nobody of these names works there, and their addresses end in .example, a part of the net that never exists.
"""

from dataclasses import dataclass, field

from scorecards.standards.lists import Text

MAIL = "practice.example"
KUMRU, OU, PHNUM = "000101", "000102", "000103"

# code: kind and name, parents before what lies in them.
PLACES = {
    "00": ("province", Text("គំរូ", "Kumru")),
    "0001": ("srok", Text("គំរូ", "Kumru")),
    KUMRU: ("khum", Text("គំរូ", "Kumru")),
    "00010101": ("phum", Text("គំរូ ១", "Kumru 1")),
    "00010102": ("phum", Text("គំរូ ២", "Kumru 2")),
    "00010103": ("phum", Text("គំរូ ៣", "Kumru 3")),
    "00010104": ("phum", Text("គំរូ ៤", "Kumru 4")),
    OU: ("khum", Text("អូរគំរូ", "Ou Kumru")),
    "00010201": ("phum", Text("អូរគំរូ ១", "Ou Kumru 1")),
    "00010202": ("phum", Text("អូរគំរូ ២", "Ou Kumru 2")),
    PHNUM: ("khum", Text("ភ្នំគំរូ", "Phnum Kumru")),
    "00010301": ("phum", Text("ភ្នំគំរូ ១", "Phnum Kumru 1")),
    "00010302": ("phum", Text("ភ្នំគំរូ ២", "Phnum Kumru 2")),
}


@dataclass(frozen=True)
class Provider:
    key: str
    service: str
    name: Text
    located_in: str
    serves: tuple[str, ...]


PROVIDERS = (
    Provider("HC", "HC", Text("មណ្ឌលសុខភាពគំរូ", "Kumru health centre"), KUMRU, (KUMRU, OU, PHNUM)),
    Provider("PS", "PS", Text("សាលាបឋមសិក្សាគំរូ", "Kumru primary school"), KUMRU, (KUMRU,)),
    Provider("CA", "CA", Text("រដ្ឋបាលឃុំគំរូ", "Kumru commune administration"), KUMRU, (KUMRU,)),
    Provider("PS Ou", "PS", Text("សាលាបឋមសិក្សាអូរគំរូ", "Ou Kumru primary school"), OU, (OU,)),
    Provider("CA Ou", "CA", Text("រដ្ឋបាលឃុំអូរគំរូ", "Ou Kumru commune administration"), OU, (OU,)),
    Provider("CA Phnum", "CA", Text("រដ្ឋបាលឃុំភ្នំគំរូ", "Phnum Kumru commune administration"), PHNUM, (PHNUM,)),
)  # fmt: skip

# key: kind, name, short name. The first leads the programme; the donor pays.
ORGANISATIONS = {
    "A": ("lead_ngo", Text("អង្គការគំរូ ក", "Practice NGO A"), "NGO A"),
    "B": ("local_ngo", Text("អង្គការគំរូ ខ", "Practice NGO B"), "NGO B"),
    "donor": ("donor", Text("ម្ចាស់ជំនួយគំរូ", "Practice donor"), ""),
}
PROGRAMME = Text("កម្មវិធីគំរូ", "Practice programme")
CBO = (Text("ក្រុមសន្សំប្រាក់គំរូ ១", "Kumru 1 savings group"), "ក្រុមសន្សំប្រាក់", 24, 19)
# Which organisation works in which commune.
WORKS_IN = {KUMRU: "B", OU: "A", PHNUM: "A"}
# Community facilitators, without an account: name, is female, commune.
FACILITATORS = (
    ("កែវ សុខា", True, KUMRU),
    ("ហេង រតនា", False, KUMRU),
    ("មាស បុប្ផា", True, OU),
    ("អ៊ុក វិចិត្រ", False, PHNUM),
)


@dataclass(frozen=True)
class Person:
    """`where` are the scopes of the role, one dict for each place where it is held, by the keys above."""

    login: str
    name: str
    role: str
    where: tuple[dict[str, str], ...] = field(default=({},))
    language: str = "km"

    @property
    def email(self) -> str:
        return f"{self.login}@{MAIL}"


PEOPLE = (
    Person("facilitator", "ស៊ន សុភ័ក្ត្រ", "facilitator", ({"organisation": "B", "area": KUMRU},)),
    Person("officer", "លី ចាន់ថា", "ngo_officer", ({"programme": "practice"},)),
    Person("clerk", "ប៊ុន សុវត្ថិ", "council_clerk", ({"area": KUMRU},)),
    Person("councillor", "ឈួន សារ៉ាន", "councillor", ({"area": KUMRU},)),
    Person("chief", "នួន សំអាត", "council_chief", ({"area": KUMRU},)),
    Person("committee", "ផល ស្រីពៅ", "committee_member", ({"area": KUMRU},)),
    Person("healthcentre", "អ៊ិន ធីតា", "service_provider", ({"provider": "HC"},)),
    Person("school", "គឹម ណារ៉ុង", "service_provider", ({"provider": "PS"},)),
    Person("office", "សុខ វណ្ណី", "service_provider", ({"provider": "CA"},)),
    Person("cbo", "យឹម សុផល", "cbo_representative", ({"cbo": "practice"},)),
    Person("district", "ទេព សុវណ្ណ", "district_officer", ({"area": "0001"},)),
    Person("donor", "Practice Donor", "donor_viewer", ({"organisation": "donor"},), "en"),
    Person("admin", "ឡុង ពិសិដ្ឋ", "administrator"),
    Person(
        "facilitator2", "ជា ស្រីមុំ", "facilitator",
        ({"organisation": "A", "area": OU}, {"organisation": "A", "area": PHNUM}),
    ),
    Person("clerk2", "សេង ដារ៉ា", "council_clerk", ({"area": OU}, {"area": PHNUM})),
    Person("councillor2", "ម៉ៅ សុជាតិ", "councillor", ({"area": OU},)),
    Person("chief2", "ប្រាក់ ចាន់នី", "council_chief", ({"area": OU}, {"area": PHNUM})),
)  # fmt: skip
FACILITATOR_OF = {KUMRU: "facilitator", OU: "facilitator2", PHNUM: "facilitator2"}
CLERK_OF = {KUMRU: "clerk", OU: "clerk2", PHNUM: "clerk2"}
CHIEF_OF = {KUMRU: "chief", OU: "chief2", PHNUM: "chief2"}
# Who speaks for a provider when it assesses itself; for the others the facilitator of the commune writes.
SPEAKER_OF = {"HC": "healthcentre", "PS": "school", "CA": "office"}
