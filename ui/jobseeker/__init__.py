"""The job-seeker's screens, in parts."""
