from django.urls import path

from accounts import second_step, switching, views, way_in

app_name = "accounts"

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("account/", views.account, name="account"),
    path("account/language/", views.language, name="language"),
    path("account/password/", views.password, name="password"),
    path("code/", way_in.code, name="code"),
    path("code/password/", way_in.new_password, name="new-password"),
    path("i/<str:token>/", way_in.invitation, name="invitation"),
    path("switch/", switching.switch, name="switch"),
    path("account/shared-device/", switching.shared_device, name="shared-device"),
    path("second-step/", second_step.second_step, name="second-step"),
    path("second-step/set-up/", second_step.set_up_second_step, name="set-up-second-step"),
]
