"""One consistent file of the whole database while the app runs, and its way back.

The file is a ZIP of a manifest and the engine's own copy: SQLite's backup interface (a plain copy
of the file would tear), or pg_dump in the snapshot in which the rows were counted. It may be
encrypted as a whole. A file that is damaged, of another engine, of a newer schema or locked with
another key is refused before anything is touched.
"""
