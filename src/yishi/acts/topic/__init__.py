"""Acts on topics: raised, reviewed, taken through their stages, ended and answered."""
