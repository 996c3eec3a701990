"""How a class works with a hub, or by ssh alone, as the rows of a reference table: what to do, and what is sent."""

from __future__ import annotations

from typing import Final

from mnemosyne.cli.sync_recipe import NEVER_SENT, SENT

ABOUT: Final = "A class of thirty on PostgreSQL (pip install 'mnemosyne-review[hub]'), or by ssh alone; what is sent."
HEADS: Final = ("step", "command or fact")
ROWS: Final = (
    ("1. on the server, once", "createuser --createrole teacher; createdb --owner teacher algebra"),
    ("2. the teacher, once", "mnemosyne class init postgresql+psycopg://teacher@host/algebra"),
    ("3. for each learner", "mnemosyne class add --hub URL ada bob cleo prints a line for each: hand it over"),
    ("4. the learner, once", "runs that line: the password goes into ~/.pgpass, the hub into the setting sync.hub"),
    ("5. every week", "mnemosyne class report --hub URL --format html -o class.html; moodle-csv is for grades"),
    ("a colleague", "mnemosyne class add --hub URL --teacher prof: reads everything, changes nothing"),
    ("when someone leaves", "mnemosyne class remove --hub URL ada; --erase deletes what was sent to the hub"),
    ("on Windows", "the line of the password goes into %APPDATA%\\postgresql\\pgpass.conf"),
    ("when it is sent", "by mnemosyne sync, and around every session; a hub that cannot be reached holds nothing up"),
    ("what is sent", SENT),
    ("what never is", NEVER_SENT),
    (
        "who reads it",
        "learners read their own, teachers and whoever runs the server read everything; no role can change it later",
    ),
    (
        "by ssh, without a hub",
        "in ~/.ssh/authorized_keys of one account, a line for each learner:"
        ' restrict,pty,command="EDITOR=false mnemosyne --home /srv/mnemosyne/ada" ssh-ed25519 AAAA... ada',
    ),
)
