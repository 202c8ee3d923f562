"""Choosing the columns of lists, and how dense they are."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tickets.forms.column import COLUMNS, PROBLEM, ColumnForm, columns_of
from tickets.models import Person

from .rail import rail_of
from .request import DeskRequest, desk_view
from .selection import next_page


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def show(request: DeskRequest) -> HttpResponse:
    """Each press of a button keeps what is ticked; moving stays on the page."""
    person = request.user
    if request.method == "POST":
        if "usual" in request.POST:
            _keep(person, [])
            return redirect("columns")
        form = ColumnForm(request.POST)
        if form.is_valid():
            _keep(person, form.chosen)
            is_moving = form.cleaned_data["up"] or form.cleaned_data["down"]
            return redirect("columns" if is_moving else "inbox")
        return redirect("columns")
    shown = columns_of(person)
    context = {
        "columns": [*shown, *(column for column in COLUMNS if column not in shown)],
        "shown": shown,
        "problem": PROBLEM,
        "is_own": bool(person.columns),
        **rail_of(person),
    }
    return render(request, "desk/columns.html", context)


@require_POST
@desk_view
def density(request: DeskRequest) -> HttpResponse:
    """Two lines a row, or one."""
    if request.POST.get("density") in Person.Density.values:
        request.user.density = request.POST["density"]
        request.user.save(update_fields=["density"])
    return redirect(next_page(request))


def _keep(person: Person, columns: list[str]) -> None:
    person.columns = columns
    person.save(update_fields=["columns"])
