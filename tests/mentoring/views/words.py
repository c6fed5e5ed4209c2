"""What a page says, without its markup."""

import html
import re
from typing import Any


def words(response: Any) -> str:
    """Return the words of a page's main part, with single spaces between them."""
    content = response.content.decode()
    main = re.search(r"<main.*</main>", content, re.DOTALL)
    assert main
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", main[0]).split()))
