from django.urls import path

from communities.views import (
    invitations,
    organisations,
    people,
    programmes,
    providers,
    roles,
    settings,
)

app_name = "communities"

urlpatterns = [
    path("settings/", settings.settings, name="settings"),
    path("settings/programmes/", programmes.programmes, name="programmes"),
    path("settings/programmes/add/", programmes.add_programme, name="add-programme"),
    path("settings/programmes/<int:pk>/", programmes.programme, name="programme"),
    path("settings/programmes/<int:pk>/words/", programmes.key_words, name="key-words"),
    path("settings/programmes/<int:pk>/partners/", programmes.partners, name="partners"),
    path("settings/partners/<int:pk>/leave/", programmes.leave, name="leave-programme"),
    path("settings/organisations/", organisations.organisations, name="organisations"),
    path("settings/organisations/add/", organisations.add_organisation, name="add-organisation"),
    path("settings/organisations/<int:pk>/", organisations.organisation, name="organisation"),
    path("settings/providers/", providers.providers, name="providers"),
    path("settings/providers/add/", providers.add_provider, name="add-provider"),
    path("settings/providers/<int:pk>/", providers.provider, name="provider"),
    path("settings/providers/<int:pk>/communes/", providers.catchment, name="catchment"),
    path("settings/providers/<int:pk>/close/", providers.close, name="close-provider"),
    path("settings/providers/<int:pk>/bring-back/", providers.bring_back, name="bring-back-provider"),
    path("settings/facilitators/", people.facilitators, name="facilitators"),
    path("settings/facilitators/add/", people.add_facilitator, name="add-facilitator"),
    path("settings/facilitators/<int:pk>/", people.facilitator, name="facilitator"),
    path("settings/groups/", people.cbos, name="cbos"),
    path("settings/groups/add/", people.add_cbo, name="add-cbo"),
    path("settings/groups/<int:pk>/", people.cbo, name="cbo"),
    path("settings/groups/<int:pk>/members/", people.cbo_year, name="cbo-year"),
    path("people/", invitations.people, name="people"),
    path("people/invite/", invitations.invite, name="invite"),
    path("people/<int:pk>/", invitations.person, name="person"),
    path("people/<int:pk>/code/", invitations.hand_over, name="hand-over"),
    path("people/<int:pk>/end/", roles.end, name="end-role"),
    path("people/<int:pk>/delegate/", roles.delegate, name="name-delegate"),
    path("people/<int:pk>/number/", roles.release, name="release-phone"),
    path("people/<int:pk>/app/", roles.reset_app, name="reset-second-step"),
    path("people/councils/<int:pk>/end/", roles.end_term, name="end-term"),
]
