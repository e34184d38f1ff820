"""Acts on methods: written from a copy, four words said, published; adopted and stopped."""
