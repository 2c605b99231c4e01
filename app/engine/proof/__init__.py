"""The contract as column expressions that prove documents valid; see `app.engine.proof.proof`."""
