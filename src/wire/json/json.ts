/**
 * JSON with exact numbers and with places for problems. A 64-bit `import_id` does not fit a JavaScript number, so numbers
 * that a double cannot hold exactly are kept as text.
 */
export { deepestNesting, readJson } from './json-reader.ts';
export { ExactNumber, isJsonObject, type Json, type JsonObject } from './json-value.ts';
export { writeJson } from './json-writer.ts';
