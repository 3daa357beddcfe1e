"""Official documents: their files, endorsement, signature, verification and publication."""
