/**
 * JSON whose numbers survive and whose mistakes have a place. A 64-bit `import_id` does not fit a JavaScript number, so
 * a number that a double cannot hold exactly is kept as the text it was written as.
 */
export { deepestNesting, readJson } from './json-reader.ts';
export { ExactNumber, isJsonObject, type Json, type JsonObject } from './json-value.ts';
export { writeJson } from './json-writer.ts';
export type { JsonFault } from './json-fault.ts';
