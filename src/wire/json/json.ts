/**
 * JSON with exact numbers and the places of problems. A 64-bit `import_id` doesn’t fit a JavaScript number, so numbers
 * that a double can’t hold are kept as text.
 */
export { deepestNesting, readJson } from './json-reader.ts';
export { ExactNumber, isJsonObject, type Json, type JsonObject } from './json-value.ts';
export { writeJson } from './json-writer.ts';
