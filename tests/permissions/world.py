"""What the addresses of urls.csv speak of: a served order, and one of everything else when it is named."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.utils import timezone
from PIL import Image

from fengsui.kernel.ids import new_id
from fengsui.platform.documents.models import Document
from fengsui.platform.files import uploads
from fengsui.platform.files.models import Attachment, StoredFile
from fengsui.platform.files.store import keep
from fengsui.platform.ledger import store as ledger
from fengsui.platform.notices.models import Notice
from fengsui.platform.records import RECORD_TYPES
from fengsui.platform.savedviews.store import save_view
from fengsui.platform.signin import starting
from fengsui.platform.signin.models import TicketKind
from fengsui.platform.who import PostKind
from fengsui.platform.worklist.models import Task
from tests import make
from tests.permissions.records import RECORDS
from tests.permissions.stage import ELSEWHERE, Stage
from tests.supervision import loop


class World(dict[str, Any]):
    """Made in place when an address names it first."""

    def __init__(self, stage: Stage) -> None:
        hazard = loop.served(stage)
        super().__init__(
            lead=stage.lead,
            premises=stage.premises,
            inspection=hazard.inspection,
            hazard=hazard,
            document=Document.objects.get(about_id=hazard.id),
            size=sealed(),
            task=Task.objects.get(kind="reinspect"),
            file=attached(hazard),
        )
        self.stage = stage

    def __missing__(self, name: str) -> Any:
        if name in _MADE:
            self[name] = _MADE[name](self.stage)
        else:
            self[name] = RECORDS[name](self.stage, RECORD_TYPES[name].lifecycle.initial)
        return self[name]


def sealed() -> int:
    """All entries in the log, under a signed head; how many there are."""
    size = ledger.seal(timezone.now())
    ledger.sign(timezone.now())
    return size


def picture() -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (8, 8), "white").save(drawn, "JPEG")
    return drawn.getvalue()


def attached(hazard: Any) -> StoredFile:
    data = picture()
    file = StoredFile.objects.create(
        at=make.NOON,
        by_name="王海峰",
        sha256=keep(data),
        size=len(data),
        media_type="image/jpeg",
        name="现场.jpg",
    )
    Attachment.objects.create(
        file=file,
        sha256=file.sha256,
        about_type="hazard",
        about_id=hazard.id,
        at=make.NOON,
        by_name="王海峰",
        entry_id=hazard.entry_id,
    )
    return file


def _notice(stage: Stage) -> Notice:
    return Notice.objects.create(
        key=f"task.opened:{new_id()}",
        receiver=f"post:{stage.lead.post_id}",
        post_id=stage.lead.post_id,
        occasion="task.opened",
        urgency="normal",
        title="新待办",
        about_type="premises",
        about_id=stage.premises.id,
        at=make.NOON,
    )


def _secret(stage: Stage) -> str:
    """A link that was just handed out, so that it opens now."""
    now = timezone.now()
    keeper = stage.who(PostKind.SECURITY_ADMIN)
    call = make.call(keeper, at=now, received_at=now)
    return starting.issue(call, make.username(stage.manager), TicketKind.LINK).secret


def _upload(stage: Stage) -> Any:
    return uploads.begin(10, "现场.jpg", stage.lead, timezone.now()).id


def _visit(stage: Stage) -> Any:
    """A visit whose officers are at the door: its items can be answered."""
    return RECORDS["inspection"](stage, "underway")


def _view(stage: Stage) -> Any:
    assert stage.lead.user_id
    return save_view(stage.lead.user_id, "premises", "小场所", "class=small").id


def _county(_: Stage) -> str:
    """Another county, known here."""
    return str(make.region(ELSEWHERE, name="开鲁县", level=3, parent="150500000000").code)


def _door(stage: Stage) -> str:
    """What hangs on the door of the premises."""
    stage.premises.door_code = "7K3M9QRTWX"
    stage.premises.save()
    return "7K3M9QRTWX"


_MADE: dict[str, Callable[[Stage], Any]] = {
    "county": _county,
    "view": _view,
    "door": _door,
    "notice": _notice,
    "secret": _secret,
    "upload": _upload,
    "visit": _visit,
}
