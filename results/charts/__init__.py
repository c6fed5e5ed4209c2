"""Pictures of figures: numbers in, SVG text out, with no Django.

Every picture carries its colours as presentation attributes and its parts as classes,
so that the style sheet can retheme it for a dark screen or for paper, and holds neither
style nor script, so that the strictest content security policy lets it through.
"""
