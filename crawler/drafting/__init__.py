"""Draft a fixture from a page: the markup stays, every text is replaced by invented words of the same shape.

A page that is read wrongly can then be attached to a report or committed without a sentence of the site. The rewritten
text has the same length, capitals, punctuation and blanks, so that the parser meets the same forms. The words that its
rules look at stay (`kept`).
"""
