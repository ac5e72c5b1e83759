"""WARC files: record a crawl, read archives, replay a recording. warcio writes records, fastwarc reads them.

Record: ``recorder``, ``exchange``, ``warc_file``, ``payloads``. Read: ``files``, ``addresses``, ``walk``, ``records``,
``scan``, ``catalogue``, ``shelf``. Replay: ``handler``, ``recording_index``. ``addon`` takes the network away;
``extract`` turns captures into records.
"""
