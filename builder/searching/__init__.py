"""What a search engine has to know about the words of a text."""
