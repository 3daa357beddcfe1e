"""Job-seekers: registering them, keeping their files, finding them (stage S07)."""
