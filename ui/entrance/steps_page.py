"""Pages around the sign-in: the code of the second step, the choice of a password."""

from __future__ import annotations

from html import escape

from domain.texts import N_, Sentence
from services import texts
from services.officers.invitations import Invited
from services.officers.passwords import rules
from ui.signin_page import both, framed, problem_of

CODE = N_("Code of the second step")
CODE_HELP = N_(
    "Six digits from the authenticator on your telephone, or one of your recovery codes on paper."
)
GO_ON = N_("Go on")
LOST = N_("Telephone and paper lost? Another administrator takes the second factor away.")
ANEW = N_("Begin anew")
CHOOSE = N_("Choose your password")
NEW, AGAIN = N_("New password"), N_("New password again")
SAVE = N_("Save the password")
AT_LEAST = N_("At least {count} characters; a short sentence is easy to remember.")
YOUR_NAME = N_("Your username")
DONE = N_("Your password is saved. Sign in with it now.")
SIGN_IN = N_("Sign in")
CLOSED = N_("This link is closed")


def code_page(wanted: str, problem: Sentence | None = None) -> str:
    """The form for a code; `wanted` is where sign-in leads."""
    return framed(
        f"{problem_of(problem)}"
        '<form method="post" action="/signin/code">'
        f'<label for="code">{both(CODE)}</label>'
        '<input id="code" name="code" autocomplete="one-time-code" autocapitalize="none" '
        'spellcheck="false" maxlength="40" required autofocus>'
        f'<input type="hidden" name="next" value="{escape(wanted, quote=True)}">'
        f'<p class="under">{_lines(CODE_HELP)}</p>'
        f'<button type="submit">{both(GO_ON)}</button></form>'
        f'<p class="hint">{_lines(LOST)}<br><a href="/signin">{both(ANEW)}</a></p>'
    )


def password_page(known: Invited, problem: Sentence | None = None) -> str:
    """The form for the first password of an invited officer."""
    at_least = Sentence(AT_LEAST, {"count": rules().password_min_length})
    said = "<br>".join(
        f'<span lang="{language}">{escape(texts.render(at_least, language))}</span>'
        for language in ("ka", "en")
    )
    return framed(
        f"{problem_of(problem)}<h2>{both(CHOOSE)}</h2>"
        f"<p>{escape(known.name_ka)} <span lang=en>· {escape(known.name_en)}</span></p>"
        f"<p class=under>{both(YOUR_NAME)}: <code>{escape(known.username)}</code></p>"
        '<form method="post">'
        f'<input type="hidden" name="username" value="{escape(known.username)}" '
        'autocomplete="username">'
        + "".join(
            _password_input(field, label) for field, label in (("password", NEW), ("again", AGAIN))
        )
        + f'<p class="under">{said}</p><button type="submit">{both(SAVE)}</button></form>'
    )


def _password_input(field: str, label: str) -> str:
    longest = rules().password_max_length
    return (
        f'<label for="{escape(field)}">{both(label)}</label>'
        f'<input id="{escape(field)}" name="{escape(field)}" type="password" '
        f'autocomplete="new-password" maxlength="{escape(str(longest))}" required>'
    )


def welcome_page(invited: Invited) -> str:
    """The password is saved: what comes next."""
    return framed(
        f"<h2>✓ {escape(texts.translate(DONE, 'ka'))}</h2><p lang=en>{escape(DONE)}</p>"
        f"<p class=under>{both(YOUR_NAME)}: <code>{escape(invited.username)}</code></p>"
        f'<p><a href="/signin">{both(SIGN_IN)}</a></p>'
    )


def gone_page(problem: Sentence) -> str:
    """A link that opens nothing."""
    return framed(
        f'<h2>{both(CLOSED)}</h2>{problem_of(problem)}<p><a href="/signin">{both(SIGN_IN)}</a></p>'
    )


def _lines(text: str) -> str:
    return f'{escape(texts.translate(text, "ka"))}<br><span lang="en">{escape(text)}</span>'
