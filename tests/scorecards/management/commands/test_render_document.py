"""`render_document`: any paper without the web; what it cannot do it says in words."""

import io

import pypdf
import pytest
from django.core.management import CommandError, call_command

from scorecards.models import Document
from scorecards.operations.documents import store_document
from scorecards.operations.plan_submission import submit_action_plan
from tests.scorecards.plan_world import make_full_plan, make_plan, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def render(*arguments) -> str:
    said = io.StringIO()
    call_command("render_document", *map(str, arguments), stdout=said)
    return said.getvalue()


def words_of(file) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(file).pages)


def test_the_list_names_each_kind_first():
    names = [line.split()[0] for line in render("--list").splitlines()]
    assert names == ["jaap", "jaap_handout"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "KIND must be one of: jaap, jaap_handout"),
        (["poster", "1"], "KIND must be one of: jaap, jaap_handout; not 'poster'"),
        (["jaap", "1"], "--output FILE"),
        (["jaap", "--output", "OUT"], "ID must be the number of an action plan"),
        (["jaap", "x", "--output", "OUT"], "not 'x'"),
        (["jaap", "១", "--output", "OUT"], "not '១'"),
        (["jaap", "9" * 40, "--output", "OUT"], "ID must be the number"),
        (["jaap", "77", "--output", "OUT"], "There is no action plan 77"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(tmp_path, arguments, words):
    output = tmp_path / "plan.pdf"
    with pytest.raises(CommandError, match=words.replace("(", r"\(")):
        render(*[str(output) if each == "OUT" else each for each in arguments])
    assert not output.exists()


def test_a_language_that_the_kind_has_not_is_refused(world, tmp_path):
    plan = make_plan(world)
    with pytest.raises(CommandError, match="jaap_handout is printed in km, en; not km-en"):
        render("jaap_handout", plan.pk, "--language", "km-en", "--output", tmp_path / "plan.pdf")


def test_a_place_that_cannot_be_written_is_refused(world, tmp_path):
    plan = make_plan(world)
    with pytest.raises(CommandError, match="cannot be written"):
        render("jaap_handout", plan.pk, "--output", tmp_path / "nowhere" / "plan.pdf")


def test_a_draft_is_printed_as_one_and_leaves_no_row(world, tmp_path):
    plan, output = make_full_plan(world), tmp_path / "plan.pdf"
    said = render("jaap", plan.pk, "--language", "en", "--output", output)
    assert f"plan {plan.pk} (draft)" in said
    assert "Draft" in words_of(output)
    assert not Document.objects.exists()


def test_a_submitted_plan_is_printed_as_its_stored_document(world, tmp_path):
    plan, output = make_full_plan(world), tmp_path / "plan.pdf"
    version = submit_action_plan(plan=plan, by=world.facilitator)
    document = version.documents.get(kind="jaap_handout", language="en")
    store_document(document_id=document.pk)
    render("jaap_handout", plan.pk, "--language", "en", "--output", output)
    document.refresh_from_db()
    assert output.read_bytes() == document.file.read()
