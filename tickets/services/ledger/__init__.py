"""What each provider and model cost over a time: `figures` for the ledger, `timeline` for one provider."""
