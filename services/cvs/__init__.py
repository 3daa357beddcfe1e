"""English CVs: from the file to what an employer is shown, signed off by two people."""

from services.cvs.freezing import cv_files, cv_refusal, freeze_cv, frozen_of
from services.cvs.rules import default_level

__all__ = ["cv_files", "cv_refusal", "default_level", "freeze_cv", "frozen_of"]
