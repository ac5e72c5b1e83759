"""Templates of the dataset card and the citation file, filled by ``card``."""

from string import Template
from typing import Final

CARD: Final = Template("""\
---
$header---

# $title

$records records of the international section of Kompas.com (kanal Global, Internasional before and beside it),
published from $first to $last, as the site showed them up to $captured_until. Indonesian; $words
words$average. Of $complete records nothing that the site shows is missing.

$edition

## Load it

```python
import pandas, duckdb, datasets

pandas.read_parquet("$one_file")
duckdb.sql("select section, count(*) from 'parquet/**/*.parquet' group by section")
datasets.load_dataset("$folder")             # all of it
datasets.load_dataset("$folder", "$month")  # one month
```

Parquet and JSON Lines hold the same records; every file has the same columns of the same types, whatever a month
happens to hold. `schema.json` says what each field means. Parquet adds `date` and `time`, the day and hour of
publication in the page's own zone, and `published_utc`, the same moment to compute with.

## What is in

$values

### Parts

$parts

### Fields

Share of the records that have something in the field; what a page does not say is `null` or an empty list.

$fields

## How whole it is

The site's own index was walked day by day; what it lists is counted against what is here. All days: `coverage.csv`.

$coverage

### Known gaps

$gaps

## Near-duplicates

$clustered stories are nearly the same as another (at least 80 % of all runs of three words in common): $clusters
groups in `clusters.csv`, pairs with their similarity in `near_duplicates.csv`. Nothing was dropped for it;
`near_duplicate_of` names the earliest story that one is directly alike. Very short texts are not compared.

## How it was made

kompas_global $version, parser $parser_version: robots.txt obeyed, one slow stream of requests, an honest
User-Agent. Every record names the archived bytes that it was read from (`provenance`) and the hash of its title
and text (`content_hash`). `manifest.json` lists settings, runs and robots.txt hashes. To check the folder:
`sha256sum --check SHA256SUMS`, or all of it by `scrapy export --verify DIR`.

## Law and ethics

$law

Articles name people, some of them against their will, as victims, suspects or bystanders; bylines name the people
who wrote them. Do not build profiles of persons from this, and do not take what was reported at the time for what
is known now: corrections are kept as revisions where the site made them.
""")
FULL: Final = """\
**This edition holds the full text and is not for redistribution.** It is made for one's own research. To publish a
dataset, export the stand-off edition: `scrapy export --bundle DIR --text none`."""
NONE: Final = """\
**This is the stand-off edition: it holds no text of Kompas**, but the address of each story and the hash of its
title and text. To get the text, fetch the stories yourself: `scrapy crawl kompas_global -a urls=DIR`, or read an
archive that you have, `-a archive=FILE`; then `scrapy export --verify DIR` says which records have the text that
this dataset speaks of. The hash is that of parser $parser_version; another version may read some stories
differently."""
FULL_LAW: Final = """\
The articles are the work of their authors and of Kompas.com. Indonesian copyright law (Undang-Undang 28/2014)
protects them; its exceptions for actual news and for research with the source named (articles 43 and 44) do not
clearly cover publishing a newspaper's archive. Hence this edition is for the research of whoever made it, and not
for redistribution. This is no legal advice."""
NONE_LAW: Final = """\
The articles themselves are the work of their authors and of Kompas.com, protected by Indonesian copyright law
(Undang-Undang 28/2014); they are not part of this dataset, which holds facts about them. Whoever fetches them
answers for what is done with them. This is no legal advice."""
CITATION: Final = Template("""\
cff-version: 1.2.0
message: Please name the dataset and the newspaper when you use it.
type: dataset
title: $title
authors:
  - name: $author
version: $version
date-released: $date
keywords: [news, Indonesian, Kompas.com]
references:
  - type: website
    title: Kompas.com
    url: https://www.kompas.com/
    authors:
      - name: Kompas.com
""")
NOT_WALKED: Final = (
    "No index day was walked for this dataset: it was read from archives or from lists of addresses, "
    "and what else there was is not known."
)
