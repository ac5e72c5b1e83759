"""Downloader middlewares: identity, politeness, whole responses, and the recording of every exchange."""
