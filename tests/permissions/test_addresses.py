"""The walker sees what a router of the API mounts, as it sees pages."""

from uuid import UUID

from django.test import override_settings
from django.urls import path
from ninja import NinjaAPI

from fengsui.web.portal.views import home
from tests.permissions.addresses import addresses

api = NinjaAPI(urls_namespace="sample", docs_url=None)


@api.get("/{plural}", url_name="list")
def listed(request, plural: str):
    return []


@api.post("/{plural}/{record_id}/{action}")
def acted(request, plural: str, record_id: UUID, action: str):
    return {}


urlpatterns = [path("api/v1/", api.urls), path("home", home)]


@override_settings(ROOT_URLCONF="tests.permissions.test_addresses")
def test_operations_of_the_api_are_addresses_by_name_or_by_route():
    found = addresses()

    assert found["sample:list"].route == "/api/v1/<plural>"
    assert found["/home"].view is home
    acting = [name for name in found if "record_id" in found[name].route]
    assert [found[name].route for name in acting] == ["/api/v1/<plural>/<record_id>/<action>"]
