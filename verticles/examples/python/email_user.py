"""A mail to everybody who joins. Run it: python3 -m usher email_user.py"""

import os
import smtplib
from email.message import EmailMessage

from usher import handler


@handler("signup.email")
def email_user(context):
    user = context.json["username"]
    email = context.json["email"]
    send_email("Hello {} thanks for joining!".format(user), email)


def send_email(text, recipient):
    letter = EmailMessage()
    letter["From"] = "hello@example.com"
    letter["To"] = recipient
    letter["Subject"] = "Welcome"
    letter.set_content(text)
    host, port = os.environ.get("SMTP", "127.0.0.1:25").split(":")
    with smtplib.SMTP(host, int(port), timeout=10) as server:
        server.send_message(letter)
