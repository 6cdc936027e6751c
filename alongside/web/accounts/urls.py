from django.urls import path

from alongside.web.accounts.views import second_factor, setting_up, signing_in

app_name = "accounts"
urlpatterns = [
    path("sign-in", signing_in.sign_in, name="sign_in"),
    path("sign-in/second-factor", second_factor.second_factor, name="second_factor"),
    path("sign-in/set-up", setting_up.set_up, name="set_up"),
    path("sign-in/set-up/passkey", setting_up.set_up_passkey, name="set_up_passkey"),
    path("sign-in/acting-for", signing_in.choose, name="choose"),
    path("sign-out", signing_in.sign_out, name="sign_out"),
    path("still-here", signing_in.still_here, name="still_here"),
    path("confirm", second_factor.confirm, name="confirm"),
]
