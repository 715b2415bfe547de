"""What tests of the settings share: reading a page, and texts that nobody should be able to break it with."""

from django.urls import reverse
from django.utils.translation import override

NONSENSE = ["\x00", "x" * 5_000, "9" * 40, "-1", "១a២", "<script>", "  ", "\u200b"]


def address(name: str, *args, language: str = "en") -> str:
    with override(language):
        return reverse(name if ":" in name else f"communities:{name}", args=args)


def page_of(client, name: str, *args, language: str = "en", query: str = "") -> str:
    answer = client.get(f"{address(name, *args, language=language)}{query}")
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def survives(client, url: str, fields) -> None:
    """Each field in turn, and all at once, with what nobody should type: the page answers and keeps nothing odd."""
    for text in NONSENSE:
        for typed in [dict.fromkeys(fields, text), *({field: text} for field in fields)]:
            assert client.post(url, typed).status_code in {200, 302}, (typed.keys(), text[:10])
