"""The criteria that each installation starts with, by service, in the order in which a meeting is offered them.

Our own words in both languages. The hint is the question that a facilitator asks when people wonder what is meant.
A code is for life: it is how a later load knows a criterion again, whatever its text has become.
"""

from dataclasses import dataclass

from scorecards.standards.lists import Text


@dataclass(frozen=True)
class StandardCriterion:
    code: str
    tag: str
    text: Text
    hint: Text


def _criterion(code: str, tag: str, km: str, en: str, hint_km: str, hint_en: str) -> StandardCriterion:
    return StandardCriterion(code, tag, Text(km, en), Text(hint_km, hint_en))


HEALTH_CENTRE = (
    _criterion("staff-number", "staff-number", "ចំនួនបុគ្គលិក", "Number of staff",
        "តើបុគ្គលិកមានគ្រប់គ្រាន់ សម្រាប់អ្នកដែលមកប្រើប្រាស់សេវា ក្នុងថ្ងៃធម្មតាដែរឬទេ?",
        "Are there enough staff for the people who come on an ordinary day?"),
    _criterion("supplies", "supplies", "សម្ភារៈ បរិក្ខារ និងថ្នាំគ្រប់គ្រាន់", "Enough supplies, equipment and medicine",
        "តើមានថ្នាំ និងឧបករណ៍ដែលត្រូវការ ពេញមួយខែដែរឬទេ?",
        "Are the medicine and tools that are needed there all month?"),
    _criterion("clean-water", "water-sanitation", "ទឹកស្អាតប្រើប្រាស់", "Clean water",
        "តើមានទឹកស្អាតសម្រាប់ផឹក និងលាងដៃ គ្រប់ពេលដែរឬទេ?",
        "Is there always clean water to drink and to wash hands?"),
    _criterion("friendly-staff", "staff-behaviour", "អាកប្បកិរិយាគ្រូពេទ្យរួសរាយ", "Friendly medical staff",
        "តើគ្រូពេទ្យនិយាយរួសរាយ និងគោរពមនុស្សគ្រប់រូប ទាំងអ្នកមាន ទាំងអ្នកក្រីក្រដែរឬទេ?",
        "Do the staff speak kindly and with respect to everybody, rich or poor?"),
    _criterion("attentive-treatment", "quality-of-service", "ព្យាបាលអ្នកជំងឺយកចិត្តទុកដាក់", "Attentive treatment",
        "តើគ្រូពេទ្យសួរនាំ ពិនិត្យ និងពន្យល់អំពីជំងឺ និងថ្នាំ យ៉ាងច្បាស់ដែរឬទេ?",
        "Do the staff ask, examine, and explain the illness and the medicine?"),
    _criterion("on-duty", "staff-time", "មានពេទ្យប្រចាំការ ២៤ ម៉ោង", "Staff on duty 24 hours",
        "តើពេលយប់ និងថ្ងៃឈប់សម្រាក មានអ្នកនៅប្រចាំការដែរឬទេ?",
        "Is somebody there at night and on holidays?"),
    _criterion("working-hours", "staff-time", "បុគ្គលិកធ្វើការទៀងម៉ោង", "Staff keep working hours",
        "តើបុគ្គលិកមក និងចេញ តាមម៉ោងធ្វើការដែលបានបិទផ្សាយដែរឬទេ?",
        "Do the staff come and go at the hours that are posted?"),
    _criterion("building", "buildings", "អាគារ និងបន្ទប់ពិនិត្យល្អ", "Good building and consulting rooms",
        "តើអាគារមាំ ស្អាត មានកន្លែងពិនិត្យជាឯកជន និងផ្លូវសម្រាប់ជនមានពិការភាពដែរឬទេ?",
        "Is the building sound and clean, with a private room, and a ramp for people with disability?"),
    _criterion("latrines", "water-sanitation", "បង្គន់អនាម័យស្អាត", "Clean latrines",
        "តើបង្គន់អាចប្រើបាន ស្អាត និងចាក់សោបានពីខាងក្នុងដែរឬទេ?",
        "Can the latrines be used, are they clean, and do they lock from inside?"),
    _criterion("management", "management", "ការគ្រប់គ្រងបុគ្គលិកច្បាស់លាស់", "Clear management of staff",
        "តើដឹងច្បាស់ថា អ្នកណាទទួលខុសត្រូវអ្វី ហើយអាចសួរអ្នកណាបានដែរឬទេ?",
        "Is it clear who is responsible for what, and whom to ask?"),
    _criterion("fees-posted", "fees", "តម្លៃសេវាបិទផ្សាយ", "Service fees posted",
        "តើតារាងតម្លៃបិទនៅកន្លែងមើលឃើញ ហើយយកប្រាក់តាមតារាងនោះដែរឬទេ?",
        "Is the list of fees where everybody sees it, and is no more than that taken?"),
    _criterion("free-for-poor", "fair-access", "អ្នកមានប័ណ្ណក្រីក្រព្យាបាលឥតគិតថ្លៃ", "Free treatment with the ID-Poor card",
        "តើអ្នកមានប័ណ្ណក្រីក្រ បានសេវាដូចអ្នកដទៃ ដោយឥតគិតថ្លៃដែរឬទេ?",
        "Do holders of the ID-Poor card get the same service, free of charge?"),
)  # fmt: skip

PRIMARY_SCHOOL = (
    _criterion("classrooms", "buildings", "បន្ទប់រៀនគ្រប់គ្រាន់", "Enough classrooms",
        "តើសិស្សគ្រប់ថ្នាក់ មានបន្ទប់រៀន តុ និងកៅអីគ្រប់គ្រាន់ដែរឬទេ?",
        "Does each class have a room, with enough desks and benches?"),
    _criterion("surroundings", "buildings", "បរិស្ថាន និងអនាម័យក្នុងសាលា", "School surroundings and hygiene",
        "តើទីធ្លាស្អាត មានម្លប់ មានធុងសំរាម និងមានរបងការពារដែរឬទេ?",
        "Is the yard clean, shaded and fenced, with bins for waste?"),
    _criterion("library", "supplies", "បណ្ណាល័យ", "Library",
        "តើបណ្ណាល័យបើក មានសៀវភៅសមនឹងអាយុ ហើយសិស្សបានប្រើដែរឬទេ?",
        "Is the library open, with books for the age of the pupils, and do they use it?"),
    _criterion("books", "supplies", "សៀវភៅ និងសម្ភារៈ", "Books and materials",
        "តើសិស្សម្នាក់ៗ មានសៀវភៅសិក្សា ហើយគ្រូមានសម្ភារៈបង្រៀនដែរឬទេ?",
        "Has each pupil the school books, and has the teacher what is needed to teach?"),
    _criterion("latrines", "water-sanitation", "បង្គន់អនាម័យមានកន្លែងលាងដៃ", "Latrines with a place to wash hands",
        "តើបង្គន់អាចប្រើបានគ្រប់ពេល មានទឹក និងសាប៊ូដែរឬទេ?",
        "Can the latrines be used at all times, with water and soap?"),
    _criterion("separate-latrines", "water-sanitation", "បង្គន់ដាច់ដោយឡែកសម្រាប់សិស្សស្រី", "Separate latrines for girls",
        "តើសិស្សស្រីមានបង្គន់ដាច់ដោយឡែក ចាក់សោបាន ហើយជនមានពិការភាពប្រើបានដែរឬទេ?",
        "Do girls have their own latrine that locks, and can pupils with disability use it?"),
    _criterion("drinking-water", "water-sanitation", "ទឹកស្អាតសម្រាប់ផឹក", "Clean drinking water",
        "តើសិស្សមានទឹកស្អាតផឹក ពេញមួយឆ្នាំដែរឬទេ?",
        "Do the pupils have clean water to drink all year?"),
    _criterion("teachers-time", "staff-time", "គ្រូបង្រៀនគោរពម៉ោង និងវិន័យ", "Teachers keep time and discipline",
        "តើគ្រូមកបង្រៀនទៀងម៉ោង និងពេញម៉ោង រាល់ថ្ងៃរៀនដែរឬទេ?",
        "Do the teachers come on time and teach the full hours each school day?"),
    _criterion("teachers-pupils", "staff-behaviour", "ទំនាក់ទំនងរវាងគ្រូ និងសិស្ស", "Relations between teachers and pupils",
        "តើគ្រូនិយាយល្អ មិនវាយដំ ហើយជួយសិស្សរៀនយឺតដែរឬទេ?",
        "Are the teachers kind, do they never hit, and do they help slow learners?"),
    _criterion("parents", "participation", "ទំនាក់ទំនងជាមួយមាតាបិតា", "Contact with parents",
        "តើសាលាជួបមាតាបិតា និងប្រាប់ពីការរៀនរបស់កូនដែរឬទេ?",
        "Does the school meet the parents and tell them how their children learn?"),
    _criterion("budget", "information", "ព័ត៌មានអំពីថវិកាសាលា", "Information about the school budget",
        "តើចំណូល និងចំណាយរបស់សាលា បិទផ្សាយឱ្យមាតាបិតាដឹងដែរឬទេ?",
        "Are the income and spending of the school posted for parents?"),
    _criterion("poor-pupils", "fair-access", "ជួយសិស្សក្រីក្រ និងសិស្សមានពិការភាព", "Help for poor pupils and pupils with disability",
        "តើសិស្សក្រីក្រ និងសិស្សមានពិការភាព បានចូលរៀន និងទទួលការជួយដែរឬទេ?",
        "Can poor pupils and pupils with disability attend, and are they helped?"),
)  # fmt: skip

COMMUNE_ADMINISTRATION = (
    _criterion("opening-hours", "staff-time", "សាលាឃុំ/សង្កាត់ធ្វើការទៀងម៉ោង", "Keeps working hours",
        "តើមានអ្នកធ្វើការនៅសាលាឃុំ/សង្កាត់ តាមម៉ោងដែលបានបិទផ្សាយដែរឬទេ?",
        "Is somebody at work in the commune hall at the hours that are posted?"),
    _criterion("timely-service", "quality-of-service", "ផ្តល់សេវាទាន់ពេល", "Timely service",
        "តើលិខិតបញ្ជាក់ និងសំបុត្រកំណើត ធ្វើរួចក្នុងរយៈពេលដែលបានកំណត់ដែរឬទេ?",
        "Are certificates ready within the time that is laid down?"),
    _criterion("service-information", "information", "ព័ត៌មានសេវា", "Service information",
        "តើដឹងថាត្រូវយកឯកសារអ្វី បង់ប៉ុន្មាន និងរង់ចាំប៉ុន្មានថ្ងៃដែរឬទេ?",
        "Do people know which papers to bring, what it costs and how long it takes?"),
    _criterion("fees", "fees", "យកតម្លៃសេវាតាមតារាងបិទផ្សាយ", "Fees as posted",
        "តើយកប្រាក់តែតាមតារាងដែលបានបិទផ្សាយដែរឬទេ?",
        "Is no more taken than the posted list says?"),
    _criterion("plans", "information", "ជូនដំណឹងប្រជាពលរដ្ឋអំពីផែនការ", "Informs citizens about plans",
        "តើប្រជាពលរដ្ឋបានដឹង និងបានផ្តល់មតិ មុនពេលអនុម័តផែនការដែរឬទេ?",
        "Do people hear of plans, and give their opinion, before they are adopted?"),
    _criterion("budget", "information", "ផ្សព្វផ្សាយថវិកាឃុំ/សង្កាត់", "Makes the commune budget known",
        "តើចំណូល និងចំណាយរបស់ឃុំ/សង្កាត់ បិទផ្សាយ និងពន្យល់ដល់ភូមិដែរឬទេ?",
        "Are income and spending of the commune posted and explained in the villages?"),
    _criterion("friendly-council", "staff-behaviour", "ក្រុមប្រឹក្សា និងបុគ្គលិករួសរាយ", "Friendly councillors and staff",
        "តើទទួលប្រជាពលរដ្ឋដោយរួសរាយ និងមិនលម្អៀងដែរឬទេ?",
        "Are people received kindly, and all alike?"),
    _criterion("equipment", "supplies", "សម្ភារៈ និងកៅអីគ្រប់គ្រាន់", "Decent equipment and enough chairs",
        "តើមានកៅអីរង់ចាំ កុំព្យូទ័រ និងកន្លែងធ្វើការសមរម្យដែរឬទេ?",
        "Are there chairs to wait on, computers and a decent place to work?"),
    _criterion("roads", "roads", "ផ្លូវ និងលូ", "Roads and drains",
        "តើផ្លូវ ស្ពាន និងលូក្នុងភូមិ ប្រើបានពេញមួយឆ្នាំដែរឬទេ?",
        "Can the roads, bridges and drains of the village be used all year?"),
    _criterion("water", "water-sanitation", "ទឹកស្អាតក្នុងភូមិ", "Clean water in the village",
        "តើគ្រួសារទាំងអស់ មានទឹកស្អាតប្រើប្រាស់នៅជិតផ្ទះដែរឬទេ?",
        "Has every family clean water near the house?"),
    _criterion("requests", "quality-of-service", "ដោះស្រាយសំណើរបស់ប្រជាពលរដ្ឋ", "Deals with what people ask for",
        "តើសំណើ និងបញ្ហាដែលបានលើកឡើង បានឆ្លើយតប និងដោះស្រាយដែរឬទេ?",
        "Are requests and problems answered and dealt with?"),
    _criterion("listens", "participation", "ស្តាប់មតិស្ត្រី យុវជន និងអ្នកក្រីក្រ", "Listens to women, young people and the poor",
        "តើស្ត្រី យុវជន អ្នកក្រីក្រ និងជនមានពិការភាព អាចនិយាយ ហើយគេស្តាប់ដែរឬទេ?",
        "Can women, young people, the poor and people with disability speak, and are they heard?"),
)  # fmt: skip

CRITERIA = {"CA": COMMUNE_ADMINISTRATION, "PS": PRIMARY_SCHOOL, "HC": HEALTH_CENTRE}
