"""The kinds of card, one module each, whole; `registry` lists them, `card_kind` says what a kind consists of."""
