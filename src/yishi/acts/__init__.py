"""One function per thing a person may do. Every write goes through `door`."""
