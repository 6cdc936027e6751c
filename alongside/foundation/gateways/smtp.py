"""A mail server: handing over one plain e-mail.

A mail server says that it took a message and never whether it arrived. Cut off after
the words were sent, nobody knows: it is then not sent again by itself.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage

from alongside.foundation.gateways.messages import (
    Answer,
    Handed,
    Message,
    SmtpSender,
)

TIMEOUT_SECONDS = 15


def send(sender: SmtpSender, message: Message) -> Answer:
    """Hand an e-mail over, once. What came of it is never an exception."""
    try:
        mail = _mail(sender, message)
    except ValueError:  # a line break where a header's value should be
        return Answer(handed=Handed.REFUSED)
    try:
        with _session(sender) as session:
            return _hand_over(session, sender, mail)
    except (smtplib.SMTPException, OSError):
        return Answer(handed=Handed.NOT_REACHED)


def _hand_over(session: smtplib.SMTP, sender: SmtpSender, mail: EmailMessage) -> Answer:
    try:
        session.send_message(mail)
    except (
        smtplib.SMTPRecipientsRefused,
        smtplib.SMTPSenderRefused,
        smtplib.SMTPDataError,
        smtplib.SMTPNotSupportedError,
    ):
        return Answer(handed=Handed.REFUSED)
    except (smtplib.SMTPException, OSError):
        return Answer(handed=Handed.NOT_KNOWN)
    return Answer(handed=Handed.TAKEN, ref=str(mail["Message-ID"]))


def _mail(sender: SmtpSender, message: Message) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = sender.sender, message.to
    mail["Subject"] = message.subject
    domain = sender.sender.rpartition("@")[2].rstrip(">")
    mail["Message-ID"] = f"<{message.once_key}@{domain}>"
    # Holiday answers and the like would go to nobody.
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.words)
    return mail


@contextmanager
def _session(sender: SmtpSender) -> Iterator[smtplib.SMTP]:
    """A session with the server, signed in, its certificate checked."""
    session = _connect(sender)
    try:
        if sender.tls == "starttls":
            session.starttls(context=ssl.create_default_context())
        if sender.user:
            session.login(sender.user, sender.password)
        yield session
    finally:
        with suppress(smtplib.SMTPException, OSError):
            session.quit()


def _connect(sender: SmtpSender) -> smtplib.SMTP:
    if sender.tls == "always":
        return smtplib.SMTP_SSL(
            sender.host,
            sender.port,
            timeout=TIMEOUT_SECONDS,
            context=ssl.create_default_context(),
        )
    return smtplib.SMTP(sender.host, sender.port, timeout=TIMEOUT_SECONDS)
