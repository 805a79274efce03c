"""Drafts of mails: read back by the standard library's parser without a defect (contract §6 ``mail``)."""

from __future__ import annotations

import email
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from xlflow.mail import Draft, to_bytes

BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT = "您好：\n附件是示例店 2026-03-31 的 索赔单-快递-圆通-2026-03.xlsx。\n"


def draft(**changes: object) -> Draft:
    given = {
        "recipients": ("caiwu@example.com", "b.o'neil+x@mail.example.com"),
        "subject": "示例路由器旗舰店 索赔单-快递-圆通-2026-03，请尽快处理，这个标题很长很长，长到要折成好几行",
        "text": TEXT,
        "name": "索赔单-快递-圆通-2026-03.xlsx",
        "attachment": bytes(range(256)) * 3,
    }
    return Draft(**{**given, **changes})  # type: ignore[arg-type]


def parsed(made: Draft) -> EmailMessage:
    found = email.message_from_bytes(to_bytes(made), policy=default)
    assert isinstance(found, EmailMessage)
    return found


def test_what_was_put_in_comes_out() -> None:
    made = draft()
    found = parsed(made)
    (attached,) = found.iter_attachments()
    body = found.get_body(("plain",))
    assert body is not None
    assert found["X-Unsent"] == "1"
    assert [address.addr_spec for address in found["To"].addresses] == list(made.recipients)
    assert found["Subject"] == made.subject
    assert body.get_content().replace("\r\n", "\n") == TEXT
    assert (attached.get_filename(), attached.get_content_type(), attached.get_content()) == (
        made.name,
        BOOK,
        made.attachment,
    )
    assert attached.get_content_disposition() == "attachment"


def test_nobody_has_written_or_sent_it_yet() -> None:
    found = parsed(draft())
    assert [name for name in ("From", "Date", "Message-ID", "Sender") if name in found] == []


def test_it_has_no_defect_and_is_plain_ascii_with_crlf() -> None:
    data = to_bytes(draft())
    found = parsed(draft())
    parts = list(found.walk())
    assert [part.defects for part in parts] == [[], [], []]
    assert [found[name].defects for name in ("To", "Subject")] == [(), ()]
    assert data.isascii()
    assert data.replace(b"\r\n", b"").count(b"\n") == data.replace(b"\r\n", b"").count(b"\r") == 0
    long = [line for line in data.split(b"\r\n") if len(line) > 78]
    assert long == [f"Content-Type: {BOOK}".encode()]  # which cannot be cut


def test_names_are_encoded_as_the_standards_say() -> None:
    head, _, rest = to_bytes(draft()).decode().partition("\r\n\r\n")
    assert "\r\nSubject: =?utf-8?b?" in head
    assert all(len(word) <= 75 for word in head.split() if word.startswith("=?"))
    assert "filename*0*=utf-8''%E7%B4%A2" in rest


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("交接.html", "text/html"),
        ("a.XLSX", BOOK),
        ("清单.csv", "application/octet-stream"),
        ("无", "application/octet-stream"),
    ],
)
def test_what_is_attached_is_called_what_it_is(name: str, kind: str) -> None:
    (attached,) = parsed(draft(name=name, attachment=b"<p>\r\nx")).iter_attachments()
    assert (attached.get_content_type(), attached.get_filename()) == (kind, name)
    assert attached.get_payload(decode=True) == b"<p>\r\nx"


def test_the_same_draft_is_the_same_bytes() -> None:
    assert to_bytes(draft()) == to_bytes(draft())
    assert to_bytes(draft()) != to_bytes(draft(attachment=b"other"))


_NAMES = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters='/\\"'), min_size=1, max_size=60
)


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=120), _NAMES, st.binary(max_size=300))
@settings(max_examples=40)
@example("一\u2028二\x1c三\r\nBcc: all@example.com", "a b；c%.xlsx", b"")
def test_any_subject_name_and_file(subject: str, name: str, attachment: bytes) -> None:
    made = draft(subject=subject, name=name.strip() or "x", attachment=attachment)
    found = parsed(made)
    (attached,) = found.iter_attachments()
    assert "Bcc" not in found
    assert found["To"].addresses
    assert attached.get_payload(decode=True) == attachment
    assert len(list(found.walk())) == 3
    assert all(len(word) <= 75 for word in to_bytes(made).split() if word.startswith(b"=?"))
