"""All open vacancies together: who would go where so that most positions are filled, and best."""
