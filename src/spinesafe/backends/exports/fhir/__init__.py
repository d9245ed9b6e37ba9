"""The knowledge as FHIR R4 resources that an electronic health record can load."""
