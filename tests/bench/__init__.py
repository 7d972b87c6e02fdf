"""Speed, as ratios against something named in the same run: `make bench`. Never an assertion about time in a test."""
