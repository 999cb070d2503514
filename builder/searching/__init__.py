"""Makes what the search of a site reads: its words as they are looked up, and large indexes."""
