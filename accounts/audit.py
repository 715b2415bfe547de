"""The only writer of the audit trail."""

from datetime import datetime

from accounts.models import AuditEvent, User


def record(
    verb: str,
    *,
    noun: str,
    object_id: object,
    by: User | None,
    at: datetime,
    area: str = "",
    version: int | None = None,
    role: str = "",
    **detail: int | str | bool | None,
) -> AuditEvent:
    """Leave one line about a change of state, inside its transaction.

    `verb` is `app.noun.past_participle`; `detail` holds ids, codes and counts only: no names, no texts.
    `by` is None for the timetable.
    """
    return AuditEvent.objects.create(
        at=at,
        actor=by.pk if by else None,
        actor_label=role or ("person" if by else "timetable"),
        verb=verb,
        noun=noun,
        object_id=str(object_id),
        area=area,
        version=version,
        detail=detail,
    )
