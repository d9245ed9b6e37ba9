"""The words that every room shares: facts, outcomes and their scales, texts in two languages."""
