from django.urls import path

from reports.views import communes, grants

app_name = "reports"

urlpatterns = [
    path("c/<str:code>/", communes.commune, name="commune"),
    path("grants/<int:pk>/", grants.grant, name="grant"),
]
