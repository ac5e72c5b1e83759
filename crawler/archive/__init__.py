"""WARC: a run answered from archives instead of the network. fastwarc reads the files.

``files`` finds them, ``index`` says which record holds which page of which story, ``handler`` answers requests,
``addon`` switches all of it on.
"""
