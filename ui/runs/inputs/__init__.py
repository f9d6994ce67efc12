"""What a run begins with: data that are fetched or brought, and whose network is shown."""
