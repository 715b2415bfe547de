"""The one family of exceptions that a person can act on."""


class Refused(Exception):
    """An operation will not do what was asked; the message is translated and meant for the reader.

    Views show it as a form error or a message on the page. Everything that is not a `Refused` is a bug
    and reaches the log.
    """

    def __init__(self, message, *, missing=()):
        super().__init__(message)
        self.message = message
        #: Sentences naming each thing that is still missing, where the refusal is about that.
        self.missing = list(missing)

    def __str__(self):
        return str(self.message)
