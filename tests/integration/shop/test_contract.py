"""The running shop keeps the OpenAPI document that it serves, whatever it is sent."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi import checks

from webshop.simulation.shop_requests import order_token

pytestmark = pytest.mark.integration

#: Calls a route, sound ones and broken ones each: the whole test stays under half a minute.
EXAMPLES = 20

CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.missing_required_header,
]


class Known:
    """Ids that lead somewhere, so that calls do not all end at "there is no such order"."""

    def __init__(self, shopper: Any, sku: str) -> None:
        order = shopper.order(sku, 1)
        self.headers = order_token(order)
        self._ids = {"cart_id": shopper.cart_with(sku, 1), "order_id": order["order_id"]}

    def put_into(self, case: Case) -> None:
        """Exchange the well-formed ids of a case for known ones."""
        for name in self._ids.keys() & (case.path_parameters or {}).keys():
            if len(str(case.path_parameters[name])) == len(self._ids[name]):
                case.path_parameters[name] = self._ids[name]


@pytest.fixture
def operations(stack: Any) -> list[APIOperation]:
    """Every operation of the document as the shop serves it."""
    schema = schemathesis.openapi.from_url(f"{stack.settings.shop_url}/api/v1/openapi.json")
    return [found.ok() for found in schema.get_all_operations()]


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_every_answer_is_one_that_the_document_promises(
    operations: list[APIOperation], shopper: Any, new_product: Any, mode: GenerationMode
) -> None:
    assert len(operations) >= 15
    known = Known(shopper, new_product(1_000))
    for operation in operations:
        _call(operation, mode, known)


def _call(operation: APIOperation, mode: GenerationMode, known: Known) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def keeps_the_contract(case: Case) -> None:
        known.put_into(case)
        answer = case.call(headers=known.headers)
        # A request line of over 4 kB is refused by the web server, before there is an application.
        if answer.status_code != 414:
            case.validate_response(answer, checks=CHECKS)

    try:
        keeps_the_contract()
    except Unsatisfiable:
        # There are calls about which nothing can be wrong.
        assert mode is GenerationMode.NEGATIVE
        assert not operation.body
