"""Fifty simulated officers write at once while processes and the database are killed.

The officers live in one process that is never killed and keep a ledger of every change they were
told is done. They call the real service layer in several replica processes over local HTTP. At the
end the ledger is compared with the database: every difference is a counter that must be zero.
"""
