"""`render_document KIND ID --language km|en|km-en --output FILE`: any paper, without the web, drafts too."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from scorecards.models import ActionPlan, Document
from scorecards.operations.plan_submission import newest_version
from scorecards.plans.freezing import content_of
from scorecards.printing import BOTH, KINDS, UnknownPrint, render_plan


class Command(BaseCommand):
    help = (
        "Prints a paper into a file. ID is the primary key of the action plan: of a plan in work the draft is "
        "printed, of any other the version that the council has."
    )

    def add_arguments(self, parser):
        parser.add_argument("kind", nargs="?", metavar="KIND", help="one of those that --list names")
        parser.add_argument("id", nargs="?", metavar="ID", help="primary key of the action plan")
        parser.add_argument("--language", choices=("km", "en", BOTH), default="km")
        parser.add_argument("--output", type=Path, metavar="FILE")
        parser.add_argument("--list", action="store_true", help="the kinds of paper, one a line, and no more")

    def handle(self, *args, kind, id, language, output, **options):
        if options["list"]:
            for each in KINDS.values():
                self.stdout.write(f"{each.name:<14} {' '.join(each.languages):<12} {each.paper}")
            return
        if kind not in KINDS:
            raise CommandError(f"KIND must be one of: {', '.join(KINDS)}; not {kind!r}.")
        if output is None:
            raise CommandError("Say where to write: --output FILE.")
        plan = find_plan(id)
        pdf = render(plan, kind, language)
        try:
            output.write_bytes(pdf)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}") from error
        self.stdout.write(f"{output}: {len(pdf)} bytes, plan {plan.pk} ({plan.status})")


def find_plan(primary_key: str | None) -> ActionPlan:
    if not (primary_key or "").isascii() or not (primary_key or "").isdigit() or len(primary_key) > 18:
        raise CommandError(f"ID must be the number of an action plan, not {primary_key!r}.")
    plan = ActionPlan.objects.select_related("scoring_round__programme", "meeting").filter(pk=primary_key)
    if found := plan.first():
        return found
    raise CommandError(f"There is no action plan {primary_key}.")


def render(plan: ActionPlan, kind: str, language: str) -> bytes:
    """The bytes; of a version that has its document, the same as in the stored file."""
    version = newest_version(plan)
    document_id = None
    if plan.is_editable:
        number = version.number + 1 if version else 1
        content = content_of(plan, number=number, submitted_on=None, is_draft=True)
    else:
        content = version.content
        papers = Document.objects.filter(plan_version=version, kind=kind, language=language)
        document_id = papers.order_by("issue").values_list("pk", flat=True).first()
    try:
        return render_plan(content=content, kind=kind, language=language, document_id=document_id)
    except UnknownPrint as error:
        raise CommandError(
            f"{kind} is printed in {', '.join(KINDS[kind].languages)}; not {language}."
        ) from error
