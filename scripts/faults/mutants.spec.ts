import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { root } from '../lib/root.mjs';
import { mutants } from './mutants.mjs';

const edits = mutants.flatMap(({ name, edits }) => edits.map((edit) => [name, edit] as const));

// `npm test` runs no mutants, so only this spec notices when the code no longer matches one.
it.each(edits)('the mutant “%s” matches one place in the code', (_, { file, find }) => {
  expect(readFileSync(`${root}${file}`, 'utf8').split(find)).toHaveLength(2);
});
