// Runs the ELM of the library that looks findings up in cql-execution, on FHIR records.
//
//   node run_record.mjs LIBRARY.json FHIRHELPERS.json NAMES.json VALUESETS.json DAY < records.jsonl > values.jsonl
//
// A record is one FHIR Bundle a line. VALUESETS maps the address of each value set to the codings in it. DAY is the day to decide for.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import cql from "cql-execution";
import exec from "cql-exec-fhir";

const [libraryFile, helpersFile, namesFile, valueSetsFile, day] = process.argv.slice(2);
const read = (file) => JSON.parse(readFileSync(file, "utf8"));
const library = new cql.Library(read(libraryFile), new cql.Repository({ FHIRHelpers: read(helpersFile) }));
const names = read(namesFile);
const terminology = new cql.CodeService(
  Object.fromEntries(Object.entries(read(valueSetsFile)).map(([address, codes]) => [address, { "": codes }])),
);
const at = cql.DateTime.fromJSDate(new Date(`${day}T12:00:00Z`), 0);

for await (const line of createInterface({ input: process.stdin })) {
  const source = exec.PatientSource.FHIRv401();
  source.loadBundles([JSON.parse(line)]);
  const results = await new cql.Executor(library, terminology, {}).exec(source, at);
  const [values] = Object.values(results.patientResults);
  console.log(JSON.stringify(names.map((name) => (values[name] === undefined ? "undefined" : values[name]))));
}
