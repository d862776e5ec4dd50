"""Small templates and styles that every page is built of."""
