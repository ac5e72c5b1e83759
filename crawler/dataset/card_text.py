"""Templates of the dataset card, filled by ``card``."""

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

`tables/changes.parquet` says what each later revision changed ($changes rows)$words_table.

### Parts

$parts

### Fields

Share of the records that have something in the field; what a page does not say is `null` or an empty list.

$fields

## Since the earlier release

$since

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

kompas_global $version, parser $parser_version, in these runs:

$made

Every record names the archived bytes that it was read from (`provenance`) and the hash of its title and text
(`content_hash`). `manifest.json` lists the runs with the settings of each, and the hashes of robots.txt. To check the
folder: `sha256sum --check SHA256SUMS`, or all of it by `scrapy export --verify DIR`.

$tool

## Cite

$cite

## What the publisher reserved

$reservation

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
clearly cover publishing a newspaper's archive. Hence this edition is for the research of its maker, and not
for redistribution. This is no legal advice."""
NONE_LAW: Final = """\
The articles themselves are the work of their authors and of Kompas.com, protected by Indonesian copyright law
(Undang-Undang 28/2014); they are not part of this dataset, which holds facts about them. Whoever fetches them
answers for what is done with them. This is no legal advice."""
NAMES_LAW: Final = """\
`authors` and `editors` are personal data (Undang-Undang 27/2022; in Europe the GDPR). They are here to study how a
newsroom works. Their publication needs a lawful basis, and a
name is removed on request."""
WORDS_LAW: Final = """\
`tables/words.parquet` holds the words of each article with their number and without their order, from which no text
can be read. Whether such counts of protected works may be published differs from country to country; they are here
because the maker chose to add them."""
TOOL: Final = Template("""\
The program is at $tool. Version $version: `pip install 'kompas-global @ git+$tool@v$version'`, or a clone and
`make demo`.""")
NO_TOOL: Final = "The maker stated no address of the program; ask for it by the name and version above."
NO_CITATION: Final = Template("""\
The makers gave no names for a citation. Name the title "$title", the version $version, the `content_digest` of
`manifest.json`, and Kompas.com.""")
NO_RUNS: Final = "No run is recorded in the store that this was made from: it was exported from another store."
NOT_WALKED: Final = (
    "No index day was walked for this dataset: it was read from archives or from lists of addresses, "
    "and what else there was is not known."
)
