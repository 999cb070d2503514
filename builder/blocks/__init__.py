"""How a source is cut into blocks: lines, chunks, inline markup, editorial rules."""
