"""Extensions live as long as a run: the open store, the plan, the brake, the progress line, the verdict."""
