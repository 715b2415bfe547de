"""Access that needs no scope. Every view declares `public`, `signed_in` or `communities.access.requires`.

The mark `view.access` is what the walk over the address tree looks for.
"""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required


def public(view: Callable) -> Callable:
    """Anybody may read this page."""
    view = login_not_required(view)
    view.access = "public"
    return view


def signed_in(view: Callable) -> Callable:
    """Anybody who is signed in; the page shows only what is theirs. `LoginRequiredMiddleware` does the rest."""
    view.access = "signed in"
    return view
