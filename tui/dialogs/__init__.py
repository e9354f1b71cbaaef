"""Questions to the operator, each a modal screen that ends by `dismiss` with the answer."""
