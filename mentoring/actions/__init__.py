"""Every change of state: one verb each, in one transaction, with one event.

Actions take keywords only. `by` is the person, None for a command; `on` is the
programme's day. What the rules refuse is raised as ValidationError, with the sentence
for the form. Views, commands and tests change state only through them.
"""
