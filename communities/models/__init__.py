from communities.models.areas import Area, AreaCode, AreaLineage
from communities.models.assignments import Assignment
from communities.models.events import Attendance, AttendanceCount, Meeting, MeetingChange
from communities.models.organisations import Cbo, CboYear, Facilitator, Organisation
from communities.models.programmes import Grant, KeyWord, Programme, ProgrammeOrganisation
from communities.models.providers import Catchment, ServiceProvider, ServiceType

__all__ = [
    "Area",
    "AreaCode",
    "AreaLineage",
    "Assignment",
    "Attendance",
    "AttendanceCount",
    "Catchment",
    "Cbo",
    "CboYear",
    "Facilitator",
    "Grant",
    "KeyWord",
    "Meeting",
    "MeetingChange",
    "Organisation",
    "Programme",
    "ProgrammeOrganisation",
    "ServiceProvider",
    "ServiceType",
]
