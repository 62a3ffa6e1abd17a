"""The routes of the way in, to be mounted under /api; the app's state must hold `casework`, `keyring` and `outbox`."""

from litestar.types import ControllerRouterHandler

from mediation.invitations import accepting, intake, inviting, opening, queue

routers: list[ControllerRouterHandler] = [
    *inviting.routers,
    *opening.routers,
    *accepting.routers,
    *intake.routers,
    *queue.routers,
]
