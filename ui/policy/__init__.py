"""The weights of the ranking as policy: what counts, versions, drafts, previews, decisions."""
