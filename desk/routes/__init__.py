"""The desk's pages by what they are for. Case pages come before the catch-all of questions."""

from desk.routes import (
    approve,
    breaches,
    case,
    cast,
    contact,
    emergency,
    files,
    health,
    held,
    home,
    marks,
    matches,
    outcome,
    pages,
    people,
    questions,
)
from desk.routes import signing as signing

ROUTERS = (
    signing.router,
    home.router,
    people.router,
    matches.router,
    cast.router,
    contact.router,
    health.router,
    pages.router,
    held.router,
    marks.router,
    approve.router,
    breaches.router,
    emergency.router,
    outcome.router,
    files.router,
    questions.router,
    case.router,
)
