"""What a build keeps of each document, so that the next one need not find it out again."""
