"""Rankings in parts: many people for many vacancies, on threads, processes or a cluster."""
