"""Knowledge as data: typed YAML with positions, the codebook and the compiled matcher."""
