"""The kinds of card, one module each; `registry` lists them, `card_kind` says what a kind consists of."""
