"""A vote by roll: the roll, casting, paper, proxies, opening and closing."""
