"""Messages to job-seekers, employers and officers: queued with what gives rise to them.

A use case calls `queue_message` in its own transaction, so a message exists exactly if the change
that it tells of does. It is sent afterwards by due work, under one lasting id.
"""

from domain.records.messages import Recipient
from services.notifications.outbox import queue_message

__all__ = ["Recipient", "queue_message"]
