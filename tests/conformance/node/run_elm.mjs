// Runs an ELM library in cql-execution, the engine that others wrote, for each person on standard input.
//
//   node run_elm.mjs LIBRARY.json NAMES.json < people.jsonl > values.jsonl
//
// A person is one JSON object of parameters a line. NAMES lists the definitions that are wanted; each line of output is one JSON array of
// their values, in that order. What is undefined is told apart from null. Standard error ends with the seconds of the
// processor that were spent deciding.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { once } from "node:events";
import cql from "cql-execution";

const [libraryFile, namesFile] = process.argv.slice(2);
const library = new cql.Library(JSON.parse(readFileSync(libraryFile, "utf8")));
const names = JSON.parse(readFileSync(namesFile, "utf8"));
const terminology = new cql.CodeService({});
const day = cql.DateTime.fromJSDate(new Date(Date.UTC(2026, 10, 24)));

class One {
  #left = [{ getId: () => "person", findRecords: async () => [] }];
  currentPatient() {
    return this.#left[0];
  }
  nextPatient() {
    this.#left.shift();
    return this.#left[0];
  }
}

let spent = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const parameters = JSON.parse(line);
  const before = process.cpuUsage();
  const results = await new cql.Executor(library, terminology, parameters).exec(new One(), day);
  const used = process.cpuUsage(before);
  spent += used.user + used.system;
  const values = results.patientResults.person;
  const told = names.map((name) => (values[name] === undefined ? "undefined" : values[name]));
  if (!process.stdout.write(`${JSON.stringify(told)}\n`)) await once(process.stdout, "drain");
}
console.error(spent / 1e6);
