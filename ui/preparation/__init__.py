"""Parts of the screens before departure: orientation, departure files."""
