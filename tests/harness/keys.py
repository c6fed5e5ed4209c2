"""A page used by the keyboard alone."""

from playwright.sync_api import Page, expect

MOST = 80
"""Presses of the tabulator after which a thing cannot be reached."""


def by_keys(tab: Page, name: str, role: str = "button", *, exact: bool = True) -> None:
    """Go by the tabulator to the first thing called `name`, and press Enter on it."""
    target = tab.get_by_role(role, name=name, exact=exact).first  # type: ignore[arg-type]  # a role's name
    for _ in range(MOST):
        if target.evaluate("node => node === document.activeElement"):
            break
        tab.keyboard.press("Tab")
    expect(target).to_be_focused()
    tab.keyboard.press("Enter")


def go_to(tab: Page, field: str) -> None:
    """Go by the tabulator to the field of this name."""
    for _ in range(MOST):
        if tab.evaluate("document.activeElement.name") == field:
            return
        tab.keyboard.press("Tab")
    raise AssertionError(f"The field {field} cannot be reached.")
