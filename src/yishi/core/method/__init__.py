"""工作法: methods as data — their language, what is proved of them, how two of them differ."""
