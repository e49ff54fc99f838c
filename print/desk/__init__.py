"""The desk of the press: editions, adverts, press profiles and proofs in the admin."""
