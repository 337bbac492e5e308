def hello():
    """What the module does."""
    # No more than that.
    return "work in Python"
