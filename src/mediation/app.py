"""The composition root: every part of the portal is made here, and nowhere else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from mediation import demo, health
from mediation.api_description import describe
from mediation.bus import Bus
from mediation.casework import meetings, search
from mediation.casework import routes as casework_routes
from mediation.casework.clockwork import Clockwork
from mediation.casework.handle import Casework
from mediation.db import READER, open_pool
from mediation.drafting import routes as drafting_routes
from mediation.drafting import texts
from mediation.drafting.authors import Authors
from mediation.drafting.documents import Documents
from mediation.evidence import routes as evidence_routes
from mediation.evidence.exhibits import Exhibits
from mediation.evidence.previews import Previews
from mediation.evidence.sweeper import Sweeper
from mediation.evidence.uploads import Uploads, limits_of
from mediation.export import routes as export_routes
from mediation.http_errors import EXCEPTION_HANDLERS
from mediation.identity import limits
from mediation.identity import routes as identity_routes
from mediation.identity.guards import guard, require_declared
from mediation.identity.limits import Leases
from mediation.identity.live_sessions import LiveSessions
from mediation.identity.middleware import MAX_BODY, Door, add_security_headers
from mediation.invitations import routes as invitation_routes
from mediation.invitations.calling import Caller
from mediation.keeping.worker import Keeper
from mediation.ladder import routes as ladder_routes
from mediation.live import feed
from mediation.live.hub import Hubs
from mediation.mail.postman import postman_of
from mediation.notices import routes as notice_routes
from mediation.notices.letters import Letters
from mediation.notices.webhooks.worker import Deliverer
from mediation.notices.worker import Teller
from mediation.outbox import Outbox
from mediation.pages import Pages, page_routers
from mediation.papers import briefing, look_up, pack_routes
from mediation.papers import routes as papers_routes
from mediation.papers.carrying import Carried
from mediation.papers.printing import Printer
from mediation.papers.sealing import Sealer
from mediation.papers.stamping import Stamper
from mediation.record.keys import Keyring
from mediation.settings import Settings
from mediation.signing import routes as signing_routes
from mediation.storage import storage_of

VERSION = "0.1.0"


def create_app(settings: Settings) -> Litestar:
    """The portal. It opens its database when it starts, so describing its API needs none."""
    pages = Pages()
    api = Router(
        "/api",
        route_handlers=[
            *identity_routes.routers,
            *invitation_routes.routers,
            *casework_routes.routers,
            *search.routers,
            *meetings.routers,
            *feed.routers,
            *drafting_routes.routers,
            *evidence_routes.routers,
            *export_routes.routers,
            *signing_routes.routers,
            *papers_routes.routers,
            *look_up.routers,
            *pack_routes.routers,
            *briefing.routers,
            *notice_routes.routers,
            *ladder_routes.routers,
            *demo.routers,
        ],
    )
    app = Litestar(
        route_handlers=[api, *identity_routes.demo_routers, *health.routers, *page_routers(pages)],
        lifespan=[_running],
        middleware=[Door],
        guards=[guard],
        before_send=[add_security_headers],
        exception_handlers=EXCEPTION_HANDLERS,
        request_max_body_size=MAX_BODY,
        # mediation.logs sets logging up; the framework would put a handler of its own in its place.
        logging_config=None,
        openapi_config=OpenAPIConfig(
            title="Mediation portal",
            version=VERSION,
            description="Every refusal is a problem document with a code and a next step.",
            use_handler_docstrings=True,
            render_plugins=[JsonRenderPlugin()],
            openapi_router=Router("/schema", route_handlers=[], opt={"who": "anyone"}),
        ),
    )
    app.state.settings = settings
    app.state.pages = pages
    require_declared(app)
    describe(app)
    return app


@asynccontextmanager
async def _running(app: Litestar) -> AsyncIterator[None]:
    """Open what the portal works with, and close it in reverse."""
    state, settings = app.state, app.state.settings
    async with AsyncExitStack() as opened:
        state.pool = await open_pool(settings.database_url or "", size=settings.pool_size)
        opened.push_async_callback(state.pool.close)
        state.readers = await open_pool(settings.database_url or "", size=settings.pool_size, role=READER)
        opened.push_async_callback(state.readers.close)
        state.keyring = keyring_of(settings)
        async with state.pool.acquire() as conn:
            await state.keyring.register(conn, settings.keys_dir)
        state.bus = Bus(settings.database_url or "")
        await state.bus.start()
        opened.push_async_callback(state.bus.stop)
        state.leases = Leases(state.pool)
        state.outbox = Outbox(state.pool, state.bus, postman_of(settings))
        await state.outbox.start()
        opened.push_async_callback(state.outbox.stop)
        state.live_sessions = LiveSessions(state.pool, state.bus)
        await state.live_sessions.start()
        opened.push_async_callback(state.live_sessions.stop)
        state.casework = Casework(
            state.pool,
            state.bus,
            state.keyring,
            host=settings.operator or "",
            base_url=settings.base_url,
            texts=texts,
            calls=Caller(settings.origin).follow,
        )
        state.storage = storage_of(settings)
        state.packing = asyncio.Semaphore(1)
        state.uploads = Uploads(state.casework, state.readers, state.storage, limits_of(settings))
        state.exhibits = Exhibits(state.casework, state.readers, state.storage, state.uploads)
        state.previews = Previews(state.pool, state.storage)
        state.sweeper = Sweeper(state.pool, state.storage)
        await state.sweeper.start()
        opened.push_async_callback(state.sweeper.stop)
        state.hubs = Hubs(state.pool, state.readers, state.bus, state.casework.folds)
        await state.hubs.start()
        opened.push_async_callback(state.hubs.stop)
        access = partial(state.casework.document_access, state.readers)
        state.documents = Documents(
            state.pool,
            state.bus,
            access,
            typed_over=state.casework.typed_over_agreement,
            spend=partial(state.leases.spend, limits.frames(settings)),
        )
        state.authors = Authors(state.pool)
        await state.documents.start()
        opened.push_async_callback(state.documents.stop)
        keeper = Keeper(state.casework, state.bus)
        await keeper.start()
        opened.push_async_callback(keeper.stop)
        clockwork = Clockwork(state.casework)
        await clockwork.start()
        opened.push_async_callback(clockwork.stop)
        await _print_papers(opened, state, settings)
        await _tell_people(opened, state, settings)
        yield


async def _print_papers(opened: AsyncExitStack, state: State, settings: Settings) -> None:
    """Open what makes papers, and has them witnessed."""
    state.sealer = Sealer(settings.keys_dir, settings.operator or "", settings.timestamps)
    state.typesetting = asyncio.Semaphore(2)
    host, address = settings.operator or "", settings.base_url
    state.bundle_documents = Carried(state.casework, state.storage, state.sealer, host=host, address=address)
    printer = Printer(state.casework, state.storage, state.sealer, state.bus, host=host, address=address)
    await printer.start()
    opened.push_async_callback(printer.stop)
    stamper = Stamper(state.pool, settings.timestamps)
    await stamper.start()
    opened.push_async_callback(stamper.stop)


async def _tell_people(opened: AsyncExitStack, state: State, settings: Settings) -> None:
    """Open what mails notices when their time has come, and tells a business's own systems."""
    teller = Teller(state.pool, Letters(settings.base_url), hurry=state.outbox.hurry)
    deliverer = Deliverer(state.pool, demo=settings.demo, base_url=settings.base_url)
    for worker in (teller, deliverer):
        await worker.start()
        opened.push_async_callback(worker.stop)


def keyring_of(settings: Settings) -> Keyring:
    """The key that signs for this portal."""
    if settings.signing_key is not None:
        return Keyring.from_seed(settings.signing_key)
    return Keyring.from_folder(settings.keys_dir)
