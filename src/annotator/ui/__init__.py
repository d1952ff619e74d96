"""Qt, and nothing but the window: what people see, and the keys and clicks they answer with."""
