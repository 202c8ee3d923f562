from ninja import NinjaAPI

from .charges import router as charges_router
from .errors import install_errors
from .failures import router as failures_router
from .incidents import router as incidents_router
from .tickets import router as tickets_router
from .triage import router as triage_router

api = NinjaAPI(
    title="Triage desk",
    version="1",
    description="Judge pasted errors, open tickets, take in failures and charges, tell of incidents."
    " Every refusal has the shape {error: {code, message, fields?}}.",
    urls_namespace="api",
    docs_url=None,  # the description is at openapi.json; an interactive page would need scripts from elsewhere
)
install_errors(api)
api.add_router("", triage_router)
api.add_router("", tickets_router)
api.add_router("", failures_router)
api.add_router("", charges_router)
api.add_router("", incidents_router)
