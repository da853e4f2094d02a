"""The HTTP API. Its routes declare their models; requests are read and OpenAPI is made from them.

The adapter is registered here, so that it is in place before any blueprint declares a route.
"""

from apiflask.schema_adapters import registry

from webshop.api.http.model_adapter import ModelAdapter

registry.register("pydantic", ModelAdapter)
