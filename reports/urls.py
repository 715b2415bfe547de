from django.urls import path

from reports.views import grants

app_name = "reports"

urlpatterns = [
    path("grants/<int:pk>/", grants.grant, name="grant"),
]
