"""A query, understood: its terms, and the alternatives that answer each of them."""

from dataclasses import dataclass

type Expansions = dict[str, float]  # how well each word answers, or each token


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to answer a term: an entry must hold one of each of these sets of tokens."""

    expansions: tuple[Expansions, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Term:
    """A word or expression of the query; `rarity` is how much it tells, `share` how many of the entries hold it."""

    alternatives: tuple[Alternative, ...]
    rarity: float
    share: float


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query, understood."""

    terms: tuple[Term, ...]
    phrase: tuple[frozenset[str], ...]  # the tokens that each of all its words may be written with, in order
    ignored: frozenset[str]  # tokens that tell nothing in a title
    corrected: str  # as it was probably meant, "" when nothing was misspelled
    unknown: tuple[str, ...]  # its words that nothing answers

    def answering(self) -> frozenset[str]:
        """Return the tokens that answer a term, well or less well."""
        return frozenset(
            token
            for term in self.terms
            for alternative in term.alternatives
            for expansions in alternative.expansions
            for token in expansions
        )
