"""议题: where it stands in its procedure, and the interpreter that alone may move it."""
