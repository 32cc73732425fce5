"""What the clinic touches: the window and its pages."""
