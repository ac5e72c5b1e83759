"""Control flow only: what is asked for, and what follows from an answer."""
