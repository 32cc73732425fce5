"""What the clinic prints: pure functions from what is worked out to drawings and PDF bytes."""
