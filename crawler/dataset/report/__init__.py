"""A page of charts about a store.

``counted`` counts, ``over_time``, ``ranked`` and ``health`` draw, ``page`` writes the HTML.
"""
