"""One person, one file: found twice, looked at side by side, united, parted."""
