"""No page waits for the arithmetic: numpy and scipy stay with the worker."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PAGES = (
    *("/", "/impact/schools/", "/method/", "/method/england.csv", "/method/gains.csv"),
    *("/method/groups.csv", "/data-health/", "/schools/", "/trusts/", "/eligibility/"),
    *("/imports/", "/healthz", "/readyz"),
)
SCRIPT = f"""
import sys
from django.core.management import call_command
from mentoring.wsgi import application
from django.test import Client
call_command("migrate", verbosity=0)
from schools.models import Role, User
from tests.harness.signing_in import sign_in
user = User.objects.create(email="a@schools.example", name="A")
Role.objects.create(user=user, kind="administrator", started="2000-01-01")
client = Client(SERVER_NAME="localhost")
sign_in(client, user)
for page in {PAGES!r}:
    answer = client.get(page)
    assert answer.status_code == 200, (page, answer.status_code)
loaded = {{"numpy", "scipy"}} & set(sys.modules)
assert not loaded, loaded
print("light")
"""


def test_no_page_brings_numpy_or_scipy(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "SECRET_KEY": "for-this-test-alone",
            "DEBUG": "on",
            "DJANGO_SETTINGS_MODULE": "mentoring.settings",
            "DATABASE_URL": f"sqlite:///{tmp_path}/light.sqlite3",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout == "light\n", ran.stderr
