"""The weights of the ranking as policy: versions, drafts, previews, approval, suggestions."""
