"""The spider: control flow only. What is requested is in `plan`, how a page is read in `kompas`."""
