"""The interface against its own description: every generated call gets a described answer."""

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from qa.api.app import create_app
from qa.api.service import Service
from qa.api.warm import warm
from qa.assistant import Assistant
from qa.library import Library

if TYPE_CHECKING:
    from schemathesis import Case

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")


def test_answers_are_as_described(library: Library) -> None:
    service = Service(Assistant(warm(library)), 64)
    app = create_app(open_service=lambda: service)
    app.state.huiwen._service = service  # schemathesis opens no lifespan
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    # No schema can say which offices and documents there are: their names are refused.
    [unknown_names] = schemathesis.checks.CHECKS.get_by_names(["positive_data_acceptance"])
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) >= 13
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(
            max_examples=15,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        def check(case: "Case[Any]") -> None:
            case.call_and_validate(excluded_checks=[unknown_names])

        check()
