from django.urls import path

from isaf_portal.help import views

urlpatterns = [
    path("help/", views.help_page, name="help"),
    path("help/words/", views.all_words, name="words"),
    path("help/guide/<str:role>.pdf", views.guide_file, name="guide-file"),
    path("help/guide/<str:role>/", views.guide, name="guide"),
]
