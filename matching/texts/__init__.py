"""Words to codes: titles, skills, levels and years in any language, offered to a person."""
