from accounts.models.people import User, UserManager
from accounts.models.sign_in import AccessCode, AccessCodeKind, DevicePerson, SharedDevice, SignInAttempt
from accounts.models.trail import AuditEvent, Heartbeat

__all__ = [
    "AccessCode",
    "AccessCodeKind",
    "AuditEvent",
    "DevicePerson",
    "Heartbeat",
    "SharedDevice",
    "SignInAttempt",
    "User",
    "UserManager",
]
