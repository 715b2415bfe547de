"""Every address declares who may open it."""

from collections.abc import Callable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver

# Views that are not ours and so cannot carry our mark: their dotted name, and why they may be reached.
ALLOWED_WITHOUT_MARK: dict[str, str] = {}


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Callable]]:
    for entry in resolver.url_patterns:
        address = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield address, entry.callback
        else:
            yield from patterns(entry, address)


def name_of(view: Callable) -> str:
    return f"{view.__module__}.{getattr(view, '__qualname__', type(view).__name__)}"


def test_every_view_declares_its_access():
    silent = [
        f"/{address} ({name_of(view)})"
        for address, view in patterns(get_resolver())
        if not getattr(view, "access", None) and name_of(view) not in ALLOWED_WITHOUT_MARK
    ]
    assert not silent, "decorate with public, signed_in or requires: " + ", ".join(silent)


def test_the_list_of_exceptions_is_not_stale():
    marked_or_gone = set(ALLOWED_WITHOUT_MARK) - {
        name_of(view) for _address, view in patterns(get_resolver()) if not getattr(view, "access", None)
    }
    assert not marked_or_gone


def test_the_walk_reaches_both_machine_addresses_and_pages():
    found = {address for address, _view in patterns(get_resolver())}
    assert "healthz" in found
    assert any("sign-in" in address for address in found)
