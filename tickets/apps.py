from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete, post_save


class TicketsConfig(AppConfig):
    name = "tickets"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The library's deeds are not done by our services, so that nothing else can tell us of them."""
        from allauth.account.signals import password_changed, password_reset  # models are loaded only now
        from allauth.mfa.signals import authenticator_added, authenticator_removed

        from .services import second_factor, sign_in

        for signal in (post_save, post_delete):
            signal.connect(
                second_factor.factors_changed, sender="mfa.Authenticator", dispatch_uid="second_factor"
            )
        user_logged_in.connect(sign_in.signed_in, dispatch_uid="audit")
        for signal in (password_changed, password_reset):
            signal.connect(sign_in.password_changed, dispatch_uid="audit")
        authenticator_added.connect(sign_in.factor_added, dispatch_uid="audit")
        authenticator_removed.connect(sign_in.factor_removed, dispatch_uid="audit")
