"""Sign-in by e-mail or phone number."""

from django.contrib.auth.backends import BaseBackend

from accounts.models import User
from accounts.phones import parse_phone


class EmailOrPhoneBackend(BaseBackend):
    """One answer for every failure, at the cost of one password hash, so that nobody learns who exists."""

    def authenticate(self, request, identifier=None, password=None):
        if not identifier or password is None:
            return None
        user = self._find(identifier.strip())
        if user is None:
            User().set_password(password)
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id):
        return User.objects.filter(pk=user_id, is_active=True).first()

    def _find(self, identifier: str) -> User | None:
        if "@" in identifier:
            return User.objects.filter(email=identifier.lower()).first()
        phone = parse_phone(identifier)
        return User.objects.filter(phone=phone).first() if phone else None
