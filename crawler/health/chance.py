"""The probability that fewer pages show a fact by chance alone."""

from math import exp, lgamma


def chance_of_so_few(shown: int, articles: int, shown_before: int, articles_before: int) -> float:
    """One-sided Fisher exact test: P(at most `shown` hits) at the earlier rate.

    Exact, because the usual rule of so many standard errors is far off where it matters here: a fact that 95 % of the
    articles show falls by four standard errors in every 170th run of eight articles, by chance alone. It also knows
    that the share before was itself only measured.

    >>> chance_of_so_few(0, 10, 97, 100) < 1e-9
    True
    >>> chance_of_so_few(0, 10, 5, 100) > 0.5
    True
    """
    everywhere = shown + shown_before
    fewest = max(0, everywhere - articles_before)
    ways = _log_ways(articles + articles_before, everywhere)
    logs = (
        _log_ways(articles, here) + _log_ways(articles_before, everywhere - here) for here in range(fewest, shown + 1)
    )
    return min(1.0, sum(exp(log - ways) for log in logs))


def _log_ways(of: int, chosen: int) -> float:
    """Return the logarithm of the binomial coefficient."""
    return lgamma(of + 1) - lgamma(chosen + 1) - lgamma(of - chosen + 1)
