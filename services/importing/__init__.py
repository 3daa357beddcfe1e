"""Import of job-seekers and vacancies from CSV and XLSX: read, map, parse, check, take in."""
