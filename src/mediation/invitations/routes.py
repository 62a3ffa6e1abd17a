"""The routes of invitations, to be mounted under /api; the app's state must hold `casework`."""

from litestar.types import ControllerRouterHandler

from mediation.invitations import accepting, inviting

routers: list[ControllerRouterHandler] = [*inviting.routers, *accepting.routers]
