"""Why a file can't be read, and what to do with it."""

from domain.texts import N_

DAMAGED = N_("The workbook is damaged. Open it, save it again as .xlsx and import that file.")
SUSPICIOUS = N_(
    "The workbook is built in a way no spreadsheet program builds it. Open it, copy the cells into "
    "a new workbook and import that."
)
FORMULAS = N_(
    "Formulas in the workbook: {count}. They are read as text, not as their results: where a "
    "result is wanted, paste the table as values."
)
FAR_CELL = N_(
    "Cell {cell} lies outside the {rows} rows and {columns} columns that can be read. Delete what "
    "stands far from the table."
)
TOO_LARGE = N_("Unpacked, the workbook is too large to be read. Split it, or save it as CSV.")
MACROS = N_("The workbook holds macros. Save it as .xlsx without macros and import that file.")
EMBEDDED = N_(
    "The workbook holds other files or takes cells from other workbooks. Copy the table, paste it "
    "as values into a new workbook, and import that."
)
PASSWORD = N_("The file is protected by a password. Save it without one and import that file.")
ZERO_BYTES = N_(
    "The file holds zero bytes: it is damaged, or not a text file. Save it again as CSV UTF-8."
)
NOT_XLSX = N_("This is not an XLSX workbook. Save the table as .xlsx or as CSV UTF-8.")
TOO_MANY_COLUMNS = N_(
    "The file has {columns} columns; {limit} can be read. Keep the ones you need."
)
NO_NAMES = N_("The first row must hold the names of the columns.")
