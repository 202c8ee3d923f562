"""The part of a Celery worker that holds the connection to Redis."""

from celery.worker import consumer


class Consumer(consumer.Consumer):
    """Outlives the loss of Redis also while a message is not acknowledged yet.

    Celery 5.7 closes a lost connection twice. Where the first time fails half way, the second wants to put the message
    back over a transport that the first has taken apart, and the error of that ends the worker.
    """

    def on_connection_error_after_connected(self, exc: Exception) -> None:
        try:
            super().on_connection_error_after_connected(exc)
        except AttributeError:
            # The connection is let go of by now; what is left is to end the tasks that held such messages. Nothing
            # is lost with them: the outbox has the work.
            super().on_connection_error_after_connected(exc)
