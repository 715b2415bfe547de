"""Papers through their pages: states, files, previews, and what a stranger learns from the code on paper."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from scorecards.models import Document
from scorecards.operations.council import confirm_council_decision, record_council_decision
from scorecards.operations.plan_submission import submit_action_plan
from tests.scorecards.plan_world import (
    external,
    make_commune,
    make_full_plan,
    make_person,
    make_plan,
    make_world,
    put,
    trail,
)

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["km", "en"])
BYTES = b"%PDF-1.7 paper"


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def plan(world):
    return make_full_plan(world)


@pytest.fixture
def version(world, plan):
    return submit_action_plan(plan=plan, by=world.facilitator)


def address(name, *args, language="km", query=""):
    with override(language):
        return reverse(f"scorecards:{name}", args=args) + query


def made(version, kind="jaap", language="km"):
    """The paper as a worker leaves it."""
    document = version.documents.get(kind=kind, language=language)
    document.file.save("paper.pdf", ContentFile(BYTES), save=False)
    document.state, document.ready_at = Document.State.READY, timezone.now()
    document.sha256, document.size = hashlib.sha256(BYTES).hexdigest(), len(BYTES)
    document.save()
    return document


def verify(document, language="km"):
    return address("verify", document.pk, document.plan_version.sha256[:8], language=language)


# --- Who is refused ------------------------------------------------------------------------------


def test_papers_of_another_commune_do_not_exist(client, version):
    document = made(version)
    client.force_login(make_person("council_clerk", area=make_commune(code="000102")))
    for url in (
        address("documents", version.pk),
        address("document", document.pk),
        address("document-file", document.pk),
    ):
        assert client.get(url).status_code == 404


def test_strangers_are_sent_to_sign_in(client, version):
    for url in (address("documents", version.pk), address("document-file", made(version).pk)):
        assert "/sign-in/" in client.get(url).url


@pytest.mark.parametrize("role", ["councillor", "council_clerk", "committee_member", "district_officer"])
def test_those_who_read_the_plan_get_its_papers(client, world, version, role):
    client.force_login(make_person(role, area=world.commune))
    assert client.get(address("documents", version.pk)).status_code == 200
    assert client.get(address("document-file", made(version).pk)).status_code == 200


# --- The list --------------------------------------------------------------------------------------


@LANGUAGES
def test_the_list_says_that_the_printing_service_is_silent(client, world, version, language):
    client.force_login(world.clerk)
    said = {
        "km": "សេវាបោះពុម្ពមិនឆ្លើយតបនៅពេលនេះទេ។",
        "en": "The printing service does not answer just now.",
    }
    shown = client.get(address("documents", version.pk, language=language)).content.decode()
    assert shown.count(said[language]) == 5
    assert shown.count("data-poll=") == 5
    assert "<noscript>" in shown


@LANGUAGES
def test_a_paper_that_is_made_can_be_fetched(client, world, version, language):
    document = made(version)
    client.force_login(world.clerk)
    shown = client.get(address("documents", version.pk, language=language)).content.decode()
    assert address("document-file", document.pk, language=language) in shown
    assert document.sha256[:12] in shown
    assert shown.count("data-poll=") == 4
    answer = client.get(address("document-file", document.pk, language=language))
    assert b"".join(answer.streaming_content) == BYTES
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="JAAP_000101_2027_v1.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_paper_is_followed_by_its_own_address(client, world, version):
    document = version.documents.first()
    client.force_login(world.clerk)
    url = address("document", document.pk)
    shown = client.get(url).content.decode()
    assert f'id="document-{document.pk}"' in shown
    assert f'data-poll="{url}"' in shown
    made(version, document.kind, document.language)
    assert "data-poll" not in client.get(url).content.decode()


def test_a_paper_that_is_not_made_or_lost_is_not_found(client, world, version):
    client.force_login(world.clerk)
    assert client.get(address("document-file", version.documents.first().pk)).status_code == 404
    document = made(version)
    document.file.storage.delete(document.file.name)
    assert client.get(address("document-file", document.pk)).status_code == 404


@LANGUAGES
def test_a_failed_paper_is_asked_for_again(client, world, version, language):
    Document.objects.filter(plan_version=version, kind="jaap", language="km").update(state="failed")
    client.force_login(world.clerk)
    url = address("documents", version.pk, language=language)
    said = {"km": "រៀបចំឯកសារមិនបានទេ។", "en": "The document could not be made."}
    assert said[language] in client.get(url).content.decode()
    client.post(url, {"kind": "jaap", "language": "km"})
    assert version.documents.get(kind="jaap", language="km").state == "pending"
    assert trail()[-1] == "document.requested"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"kind": "x", "language": "km"},
        {"kind": "jaap", "language": "fr"},
        {"kind": "\x00", "language": ""},
    ],
)
def test_there_is_no_other_paper(client, world, version, data):
    client.force_login(world.clerk)
    answer = client.post(address("documents", version.pk, language="en"), data, follow=True)
    assert "There is no such paper in this language." in answer.content.decode()
    assert version.documents.count() == 5


def test_the_list_asks_as_often_for_one_version_as_for_three(
    client, world, plan, version, django_assert_num_queries
):
    client.force_login(world.clerk)
    with django_assert_num_queries(8):
        client.get(address("documents", version.pk))
    for number in (1, 2):
        decision = record_council_decision(
            plan_version=plan.versions.order_by("number").last(), session_number="7", present_count=5, council_size=7,
            held_on=timezone.localdate(), outcome="return", reason="តម្លៃ", by=world.clerk,
        )  # fmt: skip
        confirm_council_decision(decision=decision, by=world.chief)
        put(plan, external(cost_riel=number))
        submit_action_plan(plan=plan, by=world.facilitator)
    with django_assert_num_queries(8):
        shown = client.get(address("documents", version.pk)).content.decode()
    assert shown.count('/documents/"') >= 2


# --- A draft ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "name"), [("km", "v1"), ("en", "v1_en"), ("x", "v1"), ("\x00", "v1")])
def test_a_draft_is_previewed_and_not_kept(client, world, plan, language, name):
    client.force_login(world.facilitator)
    answer = client.get(address("draft-preview", plan.pk), {"language": language})
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"] == f'inline; filename="JAAP_000101_2027_{name}_draft.pdf"'
    assert not Document.objects.exists()


def test_an_empty_draft_can_be_previewed(client, world):
    client.force_login(world.facilitator)
    assert client.get(address("draft-preview", make_plan(world).pk)).status_code == 200


# --- The code on the paper -------------------------------------------------------------------------


@LANGUAGES
def test_a_stranger_learns_that_the_paper_exists_and_nothing_of_the_plan(client, version, language):
    shown = client.get(verify(version.documents.first(), language)).content.decode()
    expected = {
        "km": ["ក្រុមប្រឹក្សាឃុំមិនទាន់អនុម័តផែនការនេះទេ។", "គំរូ", "២០២៧", "ឃុំសម្រាប់អនុវត្តសាកល្បង"],
        "en": ["The commune council has not approved this plan yet.", "Kumru", "2027", "Practice commune"],
    }
    for text in expected[language]:
        assert text in shown
    assert "ស្ថាបនាប្រព័ន្ធលូ" not in shown
    assert "Build the drain" not in shown


def test_the_code_may_be_typed_as_it_is_printed(client, version):
    check = version.sha256[:8].upper()
    document = version.documents.first()
    assert client.get(address("verify", document.pk, f"{check[:4]}-{check[4:]}")).status_code == 200


@pytest.mark.parametrize("check", ["00000000", "x", "é", "%00", "0" * 200, "-"])
def test_a_wrong_code_finds_nothing(client, version, check):
    document = version.documents.first()
    assert client.get(f"/km/d/{document.pk}-{check}/").status_code == 404
    assert client.get(f"/km/d/{'9' * 30}-{version.sha256[:8]}/").status_code == 404


def test_the_page_tells_an_approved_version_from_an_older_one(client, world, plan, version):
    decision = record_council_decision(
        plan_version=version, session_number="7", present_count=5, council_size=7, held_on=timezone.localdate(),
        outcome="approve_except", reason="ក", left_out=[plan.items.first()], by=world.clerk,
    )  # fmt: skip
    confirm_council_decision(decision=decision, by=world.chief)
    older = client.get(verify(version.documents.first(), "en")).content.decode()
    assert "There is a newer version of this plan." in older
    assert "has approved" not in older
    newest = plan.versions.order_by("number").last()
    shown = client.get(verify(newest.documents.first(), "en")).content.decode()
    assert "The commune council has approved this version of the plan." in shown


@pytest.mark.parametrize(("accepts", "language"), [("km", "km"), ("en-GB,en;q=0.8", "en"), ("fr", "km")])
def test_the_address_of_the_code_leads_to_the_readers_language(client, version, accepts, language):
    document = version.documents.first()
    answer = client.get(f"/d/{document.pk}-{version.sha256[:8]}", headers={"accept-language": accepts})
    assert answer.url == verify(document, language)


def test_who_is_signed_in_reads_it_in_their_own_language(client, world, version):
    world.clerk.language = "en"
    world.clerk.save()
    client.force_login(world.clerk)
    document = version.documents.first()
    assert client.get(f"/d/{document.pk}-{version.sha256[:8]}").url == verify(document, "en")
