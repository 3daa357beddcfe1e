"""Whatever leaves the system as a file leaves an audit event, and lists hand out no files."""

import ast
import re

from tests.conventions.tree import LAYERS, ROOT, calls, parsed, services, shown, sources

RECORDS = {"services.audit.record", "services.audit.record_all"}

HANDED_OUT: dict[str, str] = {
    "ui/abroad/sharing.py": "services.deployments.sharing.share",
    "ui/audit.py": "services.audit_log.export_events",
    "ui/commission/papers.py": "services.official_documents.minutes.download_minutes",
    "ui/correspondence/papers.py": "services.correspondence.files.download_file",
    "ui/cvs/files.py": "services.cvs.reading.download_frozen",
    "ui/exports.py": "services.exports.export_rows",
    "ui/imports/result.py": "services.importing.running.run_import",
    "ui/incidents/steps.py": "services.incidents.notifying.make_notice",
    "ui/monitoring/one_case.py": "services.monitoring.cases.get_photo",
    "ui/official_documents/files.py": "services.official_documents.documents.read_file",
    "ui/official_documents/signatures.py": "services.official_documents.signatures.read_detached",
    "ui/preparation/session_person.py": "services.preparation.certificates.read_certificate",
    "ui/privacy/one.py": "services.privacy.person_copy.copy_as_pdf",
    "ui/ranking/export.py": "services.exports.export_rows",
    "ui/ranking/sheet.py": "services.rankings.sheet.explanation_sheet",
    "ui/ranking_log/listing.py": "services.rankings.log_export.export_period",
    "ui/ranking_log/story.py": "services.rankings.log_export.export_run",
    "ui/sending/packages.py": "services.sending.packages_read.read_package_zip",
}
"""Module with a download button → the use case its file comes from, which records the event."""

OF_NOBODY: dict[str, str] = {
    "ui/audit_anchors.py": "hashes; making an anchor is an event",
    "ui/backups/panels.py": "seconds and counts; the rehearsal is an event",
    "ui/classifications/report.py": "what ESCO changed in its own terms",
    "ui/commission/receipt.py": "the member's own declaration, filed with an event",
    "ui/imports/upload.py": "an empty table",
}
"""Module with a download button → why nothing needs to be recorded."""


def test_every_download_button_hands_out_what_a_use_case_recorded() -> None:
    found = {
        shown(path) for path in sources("ui", "pages") if "download_button" in calls(parsed(path))
    }
    assert found - set(HANDED_OUT) - set(OF_NOBODY) == set()
    assert (set(HANDED_OUT) | set(OF_NOBODY)) - found == set()


def test_every_use_case_that_hands_out_a_file_leaves_an_audit_event() -> None:
    known = services()
    named = {name for name in HANDED_OUT.values() if not RECORDS & known.reached(name)}
    silent = {
        name
        for name, function in known.defined.items()
        if hands_out(function)
        and not any(part.startswith("_") for part in name.split("."))
        and not RECORDS & known.reached(name)
    }
    assert named | silent == set()


def hands_out(function: ast.FunctionDef) -> bool:
    """Whether it gives an officer the content of a file."""
    answer = ast.unparse(function.returns) if function.returns else ""
    arguments = [*function.args.args, *function.args.kwonlyargs]
    officer = bool(arguments) and arguments[-1].arg == "by"
    return officer and bool(re.search(r"\b(bytes|Export)\b", answer))


def test_lists_offer_no_file_of_their_own() -> None:
    """Streamlit's own CSV knows neither our audit nor formulas that a spreadsheet would run."""
    theme = (ROOT / "ui" / "theme.css").read_text(encoding="utf-8")
    hidden = r'\[data-testid="stElementToolbar"\] button\[aria-label\^="Download as CSV"\]'
    assert re.search(hidden + r"\s*{\s*display: none; }", theme)


def test_signing_in_and_permissions_leave_audit_events() -> None:
    given = {
        action
        for path in sources(*LAYERS)
        for action in re.findall(r'\baction="([a-z_]+)"', path.read_text("utf-8"))
    }
    assert {"signed_in", "sign_in_failed", "signed_out", "role_changed", "exported"} <= given
