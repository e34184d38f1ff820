"""What runs without a person asking: the tick, the sequencer, delivery, preparation."""
