from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tickets.forms.working_again import WorkingAgainForm
from tickets.models import Delivery
from tickets.services.working_again import answer

from .limit import limited


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@limited("follow_up")
def show(request: HttpRequest, token: str, update: int) -> HttpResponse:
    """The question at the end of an incident, behind the customer's own link. Looking at it answers nothing: programs
    that read mail follow links too. `?answer=no` opens the field for what still fails.
    """
    sent = Delivery.objects.filter(update__asks=True, state=Delivery.State.SENT)
    delivery = get_object_or_404(
        sent.select_related("update__incident", "ticket__customer"),
        update=update,
        ticket__follow_up_token=token,
    )
    form = WorkingAgainForm(request.POST or None)
    if form.is_valid():
        answer(delivery, form.cleaned_data["answer"], text=form.cleaned_data["text"])
        return redirect("follow_up", token=token)
    context = {
        "ticket": delivery.ticket,
        "token": token,
        "delivery": delivery,
        "asked": request.GET.get("answer", ""),
        "form": form,
    }
    return render(request, "help/working_again.html", context, status=422 if form.is_bound else 200)
