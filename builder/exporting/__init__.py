"""What leaves the site as data: files beside each document, and files of the whole collection."""
