"""Lists as files: the columns of the importer, then what only the house can say; cells are inert."""
