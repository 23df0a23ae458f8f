import { readJson } from '#wire/json.ts';
import type { Path } from '#wire/problem.ts';
import { entriesOf } from '#domain/requests/entries.ts';
import { readingOf, unreadable, withSpanIn, type Asked, type Parsed } from '#domain/parse/parsed.ts';
import { entriesOfExport } from './export-entries.ts';
import { jsonLayout } from '#domain/parse/layout.ts';

/** Tasks with their annotations, as Label Studio exports them. */
export function parseExport({ text }: Asked): Parsed {
  const whole = { from: 0, text };
  const { value, problems } = readJson(text.toString());
  if (!Array.isArray(value)) return unreadable(text, problems);
  const { entries, paths } = entriesOfExport(value);
  const layout = jsonLayout(
    () => whole,
    (entry, path) => (entry === undefined ? path : pathInExport(paths[entry]!, path)),
  );
  return {
    format: 'export',
    entries: entriesOf(entries),
    problems: problems.map((found) => {
      const problem = withSpanIn(whole, found);
      const entry = entryAt(paths, problem.path);
      if (entry === undefined) return { ...problem, path: [] };
      return { ...problem, entry, path: problem.path.slice(paths[entry]!.length) };
    }),
    refused: [],
    layout,
    writing: { as: 'export', paths },
    reading: readingOf('export'),
  };
}

/** An annotation's task is named by the object around it. */
function pathInExport(annotation: Path, path: Path): Path {
  return path[0] === 'task' ? [annotation[0]!, 'id'] : [...annotation, ...path];
}

function entryAt(paths: readonly Path[], path: Path): number | undefined {
  const entry = paths.findIndex((annotation) => annotation.every((step, depth) => step === path[depth]));
  return entry < 0 ? undefined : entry;
}
