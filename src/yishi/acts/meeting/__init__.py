"""What people do with a meeting: call it, sit down, answer each item, write it up, report back."""
