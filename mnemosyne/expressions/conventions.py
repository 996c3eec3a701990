"""How a formula is read where common systems differ: one flag for each point on which they do.

`DECK` is the reading used everywhere in Mnemosyne. The flags are other readings of the same text that a
learner may have had in mind; each is that of a widely used system or a textbook habit. Imports nothing.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Conventions:
    """With every flag off this is the deck's own reading; the fields are in the order in which
    other readings are tried.
    """

    product_in_exponent: bool = False  # e^2x is e^(2x)
    quotient_in_exponent: bool = False  # x^1/2 is x^(1/2)
    tight_adjacent: bool = False  # 1/2x cos(x) is 1/(2x)·cos(x): only adjacent factors stay together
    tight_product: bool = False  # 1/2x cos(x) is 1/(2x·cos(x)): every implicit product binds tighter than /
    sum_in_denominator: bool = False  # 2x/x^2+1 is 2x/(x^2+1): the parentheses of a fraction were forgotten
    sum_under_root: bool = False  # √x^2+1 is √(x^2+1)
    lost_superscript: bool = False  # sin2(x) is sin(x)^2, as copied text has it
    power_in_braces: bool = False  # \cos{x}^{2} is cos(x^2)
    degree_first: bool = False  # root(3, x) is root(x, 3)
    symbol_first: bool = False  # asin(x) is a·sin(x)
    spaced_product_in_exponent: bool = False  # e^2 x is e^(2x)
    short_argument: bool = False  # sin 2x is sin(2)·x
    long_argument: bool = False  # cos x sin x is cos(x·sin(x)), sin x/2 is sin(x/2)
    power_of_function: bool = False  # sin x^2 is sin(x)^2
    power_to_the_left: bool = False  # e^x^2 is (e^x)^2
    log_to_base_ten: bool = False  # log(x) is log10(x)
    digits_after_log: bool = False  # log2x is log(2x)


DECK = Conventions()
