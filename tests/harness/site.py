"""The application served to a browser on this machine, with its people signed in."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.test.testcases import QuietWSGIRequestHandler

from tests.harness import cast, database
from tests.harness.cast import Scene

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext


@contextmanager
def serving() -> Iterator[str]:
    """Serve the application on a free port of this machine; give its address."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass(slots=True)
class Site:
    """Where the application is served, and the scene in its database."""

    address: str
    scene: Scene

    def renew(self) -> None:
        """Build the scene afresh, without what has been done to it."""
        database.put_back()
        self.scene = cast.build()

    def sign_in(self, context: "BrowserContext", name: str) -> None:
        """Make `context` the browser of this member of the cast."""
        context.clear_cookies()
        cookies = self.scene.client(name).cookies
        if settings.SESSION_COOKIE_NAME in cookies:
            context.add_cookies(
                [
                    {
                        "name": settings.SESSION_COOKIE_NAME,
                        "value": cookies[settings.SESSION_COOKIE_NAME].value,
                        "url": self.address,
                    }
                ]
            )
