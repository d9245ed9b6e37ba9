// CQL on standard input to ELM on standard output, by the translator of the people who write the standard.
//
//   node translate.mjs [NAME=LIBRARY.cql ...] < library.cql > library.json
//
// Further libraries that it includes are given by name. Exits with 1, and says why, if anything is wrong.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import {
  CqlTranslator,
  LibraryManager,
  ModelManager,
  createLibrarySourceProvider,
  createModelInfoProvider,
  stringAsSource,
} from "@cqframework/cql/cql-to-elm";

const fhir = createRequire(import.meta.url).resolve("cql-exec-fhir").replace(/lib[\\/].*$/, "lib/modelInfos/fhir-modelinfo-4.0.1.xml");
const models = {
  System: readFileSync(fileURLToPath(new URL("system-modelinfo.xml", import.meta.url)), "utf8"),
  FHIR: readFileSync(fhir, "utf8"),
};
const included = Object.fromEntries(process.argv.slice(2).map((named) => [named.split("=")[0], readFileSync(named.split("=")[1], "utf8")]));

const modelManager = new ModelManager();
modelManager.modelInfoLoader.registerModelInfoProvider(createModelInfoProvider((name) => stringAsSource(models[name])));
const libraryManager = new LibraryManager(modelManager);
libraryManager.librarySourceLoader.registerProvider(
  createLibrarySourceProvider((name) => (included[name] ? stringAsSource(included[name]) : null)),
);
const translator = CqlTranslator.fromText(readFileSync(0, "utf8"), libraryManager);
// That a text is also the name of something is no fault: the id of a question is both.
const isFine = (trouble) => trouble.severity?.name === "Info" || /String literal .* matches the identifier/.test(trouble.message);
const troubles = translator.exceptions.asJsReadonlyArrayView().filter((trouble) => !isFine(trouble));
for (const trouble of troubles) console.error(`${trouble.severity?.name} at ${trouble.locator?.startLine}: ${trouble.message}`);
if (troubles.length) process.exit(1);
process.stdout.write(translator.toJson());
