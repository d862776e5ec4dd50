"""The public site: papers, statutes, rules, heads."""
