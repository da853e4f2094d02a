"""The one error that the stack's commands show to a person."""


class StackError(RuntimeError):
    """Something that a person has to act on; the message says what is wrong and what to do."""
