"""What every installation begins with: services, scales, tags and criteria, in both languages."""
