from accounts.models.people import User, UserManager
from accounts.models.sign_in import SignInAttempt
from accounts.models.trail import AuditEvent, Heartbeat

__all__ = ["AuditEvent", "Heartbeat", "SignInAttempt", "User", "UserManager"]
