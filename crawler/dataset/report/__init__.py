"""One page with pictures of what is in a store: counted (`counted`), drawn (`charts`), and put together (`page`)."""
