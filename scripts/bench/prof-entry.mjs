export { check, rowsOf } from '../../src/domain/check.ts';
export { groupRows } from '../../src/domain/group.ts';
export { SourceText } from '../../src/domain/source-text.ts';
export { readConfig } from '../../src/config/read-config.ts';
export * from './texts.mjs';
export { inferSchema, initParser } from 'udsv';
export { FrameTrie } from '../../src/domain/frames/frame-trie.ts';
export { RowMemory } from '../../src/domain/table/row-memory.ts';
