"""The tree of addresses. Every page stands under its language; only what machines ask does not."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from isaf_portal import access_page, pages, practising, views
from scorecards.views import documents

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("", pages.root, name="root"),
    path("d/<int:pk>-<str:check>", documents.verify_in_own_language, name="verify-paper"),
]
urlpatterns += i18n_patterns(
    path("", views.home, name="home"),
    path("access/", access_page.access_matrix, name="access-matrix"),
    path("design/", pages.design_states, name="design-states"),
    path("help/practice/", practising.practise, name="practise"),
    path("help/practice/again/", practising.practise_again, name="practise-again"),
    path("help/practice/leave/", practising.leave_practice, name="leave-practice"),
    path("", include("isaf_portal.help.urls")),
    path("", include("accounts.urls")),
    path("", include("communities.urls")),
    path("", include("scorecards.urls")),
    path("", include("budgets.urls")),
    path("", include("reports.urls")),
)
