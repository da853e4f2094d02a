"""What commands and the demonstration print on a terminal, or in a pipe."""
