"""Item pipelines: check and store everything that leaves the spider. One file a step."""
