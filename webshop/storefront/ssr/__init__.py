"""First pages: what the browser shows of the catalogue or of a product before any script has come.

The shop draws them into the front's entry page, with the front's own texts and class names, and
sends along the API's answers that they were drawn from; the front then draws the same from these.
"""
