"""Take over a deck that exists: read it, plan what becomes of it, write a project that makes it again."""
