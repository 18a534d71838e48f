"""The pipeline: from a project's folder to its outputs."""
