"""A flow whose work breaks with a person's data in the text of the error."""

from __future__ import annotations

import logging
from typing import Any

from prefect import flow, get_run_logger

from casework.office import Office
from flows.desk_hours import Answer, answer

SECRET = "Marigold Quayle, 4 Elm Row"


@flow(name="leaky", flow_run_name="leaky", validate_parameters=False)
def leaky() -> Any:
    """Breaks in every way that a log could tell of."""

    def work(office: Office, said: Answer) -> None:
        log = get_run_logger()
        try:
            int(SECRET)
        except ValueError as error:
            log.exception("first")
            log.warning("second %s", error)
            logging.getLogger("prefect.flow_runs").error(error)
            raise

    return answer(work, kept=False)


if __name__ == "__main__":
    leaky(return_state=True)
