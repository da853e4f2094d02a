"""What all routes share: errors, limits, cursors, repetition, the OpenAPI document."""
