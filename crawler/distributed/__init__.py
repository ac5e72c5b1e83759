"""Several workers, one crawl: what waits to be asked for, who works on what, and whose turn it is, in Redis.

The ledger in the store stays the truth: Redis holds the working copy of a crawl that is under way and may be lost. When
no worker is left, the next one begins anew from the ledger.
"""
