"""Server-side rendering of the catalogue and product pages, shown before any script has loaded.

The shop renders them into the frontend's entry page, with the frontend's texts and class names, and
embeds the API's responses, from which the frontend then renders the same.
"""
