"""Questions with parameters: drawn before anything else sees them, each draw a question like any other."""
