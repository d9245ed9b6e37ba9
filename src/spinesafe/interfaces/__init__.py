"""The faces of the product. They translate and decide nothing."""
