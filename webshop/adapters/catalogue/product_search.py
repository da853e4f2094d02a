"""The words of a search, and which products match them.

Each word must be found, in either language: as a word of the same stem ("lampes"), as the beginning
of one ("bougi"), or in the label of the product's category ("kitchen"). A word that is not in the
catalogue is treated as a typo and matches words with a similar spelling ("chocolta").
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Numeric,
    Text,
    case,
    cast,
    func,
    literal,
    or_,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY

from webshop.adapters.catalogue.for_sale import FOR_SALE
from webshop.adapters.tables import products

#: How many of a word's trigrams must be found: two letters changed round in one of seven pass.
_SIMILARITY = 0.5
_SHORTEST_TYPO = 4
#: Further words of a search are not looked at.
_MOST_WORDS = 8

# Capitals and accents are taken away before the stemmers see a word, as they are in the index. What
# holds other signs than a word does is looked for to the letter only.
_READ_WORDS = text(
    r"""
    SELECT raw, word,
           ts_lexize('french_stem', word) = '{}' OR ts_lexize('english_stem', word) = '{}',
           CASE WHEN word ~ '^[[:alnum:]''’-]+$'
                THEN (plainto_tsquery('french', word) || plainto_tsquery('english', word))\:\:text
                ELSE '' END,
           ARRAY(
               SELECT category FROM shop.categories
               WHERE starts_with(shop.fold(label_en), word)
                  OR strpos(shop.fold(label_en), ' ' || word) > 0
           )
    FROM unnest(CAST(:words AS text[])) WITH ORDINALITY AS given (raw, position),
         LATERAL (SELECT shop.fold(raw) AS word) AS folded
    ORDER BY position
    """
)

# The planner takes the likeness of words for as cheap as a comparison of numbers, and reads all
# texts instead of the index: with pages as cheap as they are in memory it does not (30 times as
# quick on 5,000 products).
_SET_SEARCH = text(
    "SELECT set_config('pg_trgm.word_similarity_threshold', :least, true),"
    " set_config('random_page_cost', '1.1', true)"
).bindparams(least=str(_SIMILARITY))


@dataclass(frozen=True)
class Word:
    """One word of a search, without accents and capitals; `typed` has them.

    `query` is its tsquery, `categories` are those whose English label has it; one with `is_typo`
    also matches similar words.
    """

    word: str
    query: str
    categories: tuple[str, ...]
    typed: str
    is_typo: bool = False


def parse_words(connection: Connection, searched: str) -> list[Word]:
    """The words that decide a search: those like "de" or "the" only where there are no others.

    Sets how the rest of the transaction searches.
    """
    given = searched.split()[:_MOST_WORDS]
    if not given:
        return []
    rows = connection.execute(_READ_WORDS, {"words": given}).all()
    rows = [row for row in rows if not row[2]] or rows
    connection.execute(_SET_SEARCH)
    words = [Word(word, query, tuple(found), typed) for typed, word, _, query, found in rows]
    return [replace(word, is_typo=_is_typo(connection, word)) for word in words]


def _is_typo(connection: Connection, word: Word) -> bool:
    if len(word.word) < _SHORTEST_TYPO or not word.word.isalpha():
        return False
    known = products.select().where(matches(word), FOR_SALE).exists()
    return not connection.execute(known.select()).scalar_one()


def matches(word: Word) -> ColumnElement[bool]:
    """Whether a product matches a word."""
    ways: list[ColumnElement[bool]] = [
        products.c.search_text.contains(f" {word.word}", autoescape=True)
    ]
    if word.query:
        ways.append(products.c.search.op("@@")(cast(word.query, TSQUERY)))
    if word.categories:
        ways.append(products.c.category == func.any(cast(list(word.categories), ARRAY(Text))))
    if word.is_typo:
        ways.append(literal(word.word).op("<%")(products.c.search_text))
    return or_(*ways)


def distance(words: Sequence[Word]) -> ColumnElement[Any]:
    """How far a product is from what was searched: smaller is nearer, six decimals, exact.

    A name that is spelt as it was typed, accents too, is a whole step nearer: "thé" is no "the".
    """
    typed = " ".join(word.typed for word in words).lower()
    to_the_letter = or_(
        *(
            func.lower(name).contains(typed, autoescape=True)
            for name in (products.c.name, products.c.name_en)
        )
    )
    searched = " ".join(word.word for word in words)
    query = " | ".join(f"({word.query})" for word in words if word.query)
    in_name = func.greatest(
        func.word_similarity(searched, products.c.name_key),
        func.word_similarity(searched, products.c.name_en_key),
    )
    rank = func.ts_rank(products.c.search, cast(query, TSQUERY))
    near = rank + in_name + case((to_the_letter, 1), else_=0)
    return func.round(cast(-near, Numeric), 6)
