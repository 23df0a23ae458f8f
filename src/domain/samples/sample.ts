import { bulkUnsupportedReason } from '#config/bulk-labelling.ts';
import type { Control, LabelConfig } from '#config/label-config.ts';
import { writeJson, type JsonObject } from '#wire/json.ts';
import { count } from '#wire/words.ts';
import { countOptions } from './example-answers.ts';
import { controlsOf } from './example-regions.ts';
import { exampleRegions } from './example.ts';
import { formatJson } from '#domain/text/format-json.ts';
import { cellOfRegion } from '#domain/parse/records/cell-values.ts';
import { quoted } from '#domain/parse/table/table-records.ts';
import { sampleResults } from './sample-results.ts';

/** A batch made of a project's own labels, to be changed and filled. */
export interface Sample {
  text: string;
  /** What it does not show, and why: whole sentences. */
  notes: string[];
}

/** More options of one control than this are not all shown; a table has no more rows. */
const most = 20;

/** A list of requests, one for each task, until each option stood in one. */
export function sampleJson(
  config: LabelConfig,
  tasks: readonly number[],
  project?: number,
): Sample | undefined {
  const { results: all, controls, notes } = samples(config);
  const results = all.slice(0, tasks.length);
  if (results.length === 0) return undefined;
  const requests = results.map((result, index): JsonObject => ({
    tasks: [tasks[index]!],
    ...(project !== undefined && { project }),
    result,
  }));
  return {
    text: `${formatJson(writeJson(requests))}\n`,
    notes: [...notes, ...unseen(all, results, controls, tasks.length)],
  };
}

/**
 * A table with a row for each task and a column for each control that bulk labelling is documented for. Several picks
 * are joined by `|`, the levels of a path by ` > `; where that could be misread the cell is JSON.
 */
export function sampleCsv(config: LabelConfig, tasks: readonly number[]): Sample | undefined {
  const { results: all, controls, notes } = samples(config);
  // A second column of this name would be another task.
  const columns = controls.filter(
    (control) => bulkUnsupportedReason(control) === undefined && control.name !== 'task',
  );
  const results = all.slice(0, Math.min(tasks.length, most));
  if (columns.length === 0 || results.length === 0) return undefined;
  const rows = results.map((result, index) => [
    String(tasks[index]!),
    ...columns.map((control) => {
      const region = result.find(({ from_name: name }) => name === control.name);
      return region === undefined ? '' : cellOfRegion(region);
    }),
  ]);
  const lines = [['task', ...columns.map(({ name }) => name)], ...rows];
  const missing = controls.filter((control) => !columns.includes(control));
  return {
    text: lines.map((line) => `${line.map((cell) => quoted(cell, ',')).join(',')}\r\n`).join(''),
    notes: [
      ...notes,
      ...missing.map(({ name }) => `A table cannot hold “${name}”, so it is not in this one.`),
      ...unseen(all, results, columns, tasks.length),
    ],
  };
}

function samples(config: LabelConfig): { results: JsonObject[][]; controls: Control[]; notes: string[] } {
  const { results, leftOut } = sampleResults(config);
  const all = controlsOf(config);
  const named = (regions: readonly JsonObject[]) => {
    const names = new Set(regions.map(({ from_name: name }) => name));
    return all.filter(({ name }) => names.has(name));
  };
  const documented = all.filter((control) => bulkUnsupportedReason(control) === undefined);
  if (results.length === 0 || documented.length === 0) {
    const regions = exampleRegions(config);
    const note = 'Bulk labelling is documented for none of these controls, so there is one example of each.';
    return { results: regions.length === 0 ? [] : [regions], controls: named(regions), notes: [note] };
  }
  const controls = named(results.flat());
  const undocumented = all.filter((control) => !controls.includes(control) && !documented.includes(control));
  return {
    results,
    controls,
    notes: [
      ...undocumented.map(
        (control) => `“${control.name}” is not in it: it ${bulkUnsupportedReason(control)!}.`,
      ),
      ...leftOut.map(({ name }) => `“${name}” is not in it: no answer is known that it takes and shows.`),
      ...controls
        .filter((control) => countOptions(control) > most)
        .map(
          (control) => `“${control.name}” has ${count(countOptions(control), 'option')}; ${most} are shown.`,
        ),
    ],
  };
}

/** What stands only in results that there was no task for. */
function unseen(
  all: readonly JsonObject[][],
  shown: readonly JsonObject[][],
  controls: readonly Control[],
  tasks: number,
): string[] {
  const seen = new Set(shown.flat());
  const missing = new Set(
    all
      .flat()
      .filter((region) => !seen.has(region))
      .map(({ from_name: name }) => name),
  );
  const names = controls.filter(({ name }) => missing.has(name)).map(({ name }) => `“${name}”`);
  if (names.length === 0) return [];
  const why =
    shown.length < tasks ? `It has ${most} rows at most` : `The project has ${count(tasks, 'task')}`;
  return [`${why}, so not every option of ${names.join(', ')} is shown.`];
}
