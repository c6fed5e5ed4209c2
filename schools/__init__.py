"""The register: schools and their URNs, authorities, people and their roles."""
