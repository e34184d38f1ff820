"""Rules that choose projects within a budget, exact: integers and fractions decide."""
