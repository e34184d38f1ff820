"""What runs without a person asking."""
