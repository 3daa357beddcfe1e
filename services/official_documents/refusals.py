"""Why a file can't be attached, and what to do with it."""

from domain.texts import N_

EMPTY = N_("The file is empty. Choose it again, or scan the page again.")
TOO_BIG = N_("The file has {size} MB; {limit} MB are allowed. Scan it with fewer dots per inch.")
UNKNOWN = N_("This is no PDF, Word (.docx), JPEG or PNG file. Save it as PDF and attach that.")
OLD_WORD = N_(
    "The file is an old Word file (.doc) or protected by a password. Save it as .docx without a "
    "password, or as PDF."
)
OTHER_NAME = N_(
    "The file is called “.{extension}” but holds a {found}. Whoever sent it may have renamed it: "
    "look at it, and attach it under its right name."
)
TWO_IN_ONE = N_(
    "The file holds a second file of another kind: it was not made by a scanner or an office "
    "program. Print it to PDF and attach that."
)
DAMAGED = N_("The file is damaged: it can't be read to its end. Save or scan it again.")
PASSWORD = N_("The file is protected by a password. Save it without one and attach that.")
MACROS = N_("The document holds macros. Save it as .docx without macros, or as PDF.")
ACTIVE = N_(
    "The document holds programs, other files or takes parts from elsewhere. Print it to PDF and "
    "attach that."
)
BOMB = N_("Unpacked, the file is too large to be opened safely. Print it to PDF and attach that.")
PIXELS = N_(
    "The picture has {pixels} million dots; {limit} million are allowed. Scan it more coarsely."
)
PAGES = N_("The file has {pages} pages; {limit} are allowed. Split it.")
