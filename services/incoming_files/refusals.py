"""Why a file could not be read to its end, whatever kind it is."""

from domain.texts import N_

TOO_HEAVY = N_(
    "Reading the file took more memory or time than a file may need, and was stopped. Split it, or "
    "save it anew with the program it comes from."
)
BROKE_OFF = N_(
    "Reading the file broke off: it is damaged, or built to do harm. Save it anew with the program "
    "it comes from and use that file."
)
NOT_NOW = N_("Files can't be read just now. Try again in a minute; nothing was changed.")
MAPPING_TOO_LARGE = N_("The mapping has {size} kB; {limit} kB are allowed.")
NOT_PLAIN = N_("The mapping holds values that are neither text nor numbers. Write them as text.")
