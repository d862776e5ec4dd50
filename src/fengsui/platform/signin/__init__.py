"""How a person proves to be who he is: first start, password, second factor, phone with PIN, sessions."""
