"""What a browser gets that is not the API: the frontend's files, first pages, pictures."""
