import { bulkUnsupportedReason } from '#config/bulk-labelling.ts';
import type { Control, LabelConfig } from '#config/label-config.ts';
import { writeJson, type JsonObject } from '#wire/json/json.ts';
import { count } from '#wire/text/figures.ts';
import { countOptions } from './example-answers.ts';
import { controlsOf } from './example-regions.ts';
import { exampleRegions } from './example.ts';
import { escapeFormula, escapeFormulaInJson, mayBeFormula } from '#domain/text/escape-formula.ts';
import { formatJson } from '#domain/text/format-json.ts';
import { cellOfRegion } from '#domain/parse/cells/cell-values.ts';
import { mapColumns } from '#domain/parse/mapping/map-columns.ts';
import { quoted } from '#domain/parse/table/table-records.ts';
import { sampleResults } from './sample-results.ts';

/** A batch with a project’s own labels as a starting point. */
export interface Sample {
  text: string;
  /** Sentences about what is missing and why. */
  notes: string[];
}

/** Maximum number of options shown per control, and of rows in a table. */
const maxShown = 20;

/** A list of requests, one per task, until every option is used. */
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
    notes: [...notes, ...missingOptions(all, results, controls, tasks.length)],
  };
}

/** A column that identifies the tasks: its name and its value for each task. */
export interface SampleKeys {
  name: string;
  values: readonly string[];
}

/**
 * A table with a row per task and a column per control in the documented scope of bulk labelling. `|` joins choices and
 * ` > ` joins the levels of a path; an ambiguous cell, or one that looks like a formula, is JSON.
 */
export function sampleCsv(
  config: LabelConfig,
  tasks: readonly number[],
  keys: SampleKeys = { name: 'task', values: tasks.map(String) },
): Sample | undefined {
  const { results: all, controls, notes } = samples(config);
  // A control named “task” would clash with the task ID column.
  const fitting = controls.filter(
    (control) => bulkUnsupportedReason(control) === undefined && control.name !== keys.name,
  );
  const columns = fitting.filter((control) => isSafeColumn(control, all, config));
  const results = all.slice(0, Math.min(tasks.length, maxShown));
  if (columns.length === 0 || results.length === 0) return undefined;
  const rows = results.map((result, index) => [
    keys.values[index]!,
    ...columns.map((control) => {
      const region = result.find(({ from_name: name }) => name === control.name);
      return region === undefined ? '' : safeCell(region)!;
    }),
  ]);
  const lines = [[keys.name, ...columns.map(({ name }) => escapeFormula(name))], ...rows];
  const missing = controls.filter((control) => !fitting.includes(control));
  const unsafe = fitting.filter((control) => !columns.includes(control));
  return {
    text: lines.map((line) => `${line.map((cell) => quoted(cell, ',')).join(',')}\r\n`).join(''),
    notes: [
      ...notes,
      ...missing.map(({ name }) => `“${name}” isn’t included: it doesn’t fit in a table.`),
      ...unsafe.map(({ name }) => `“${name}” isn’t included: a spreadsheet would take it for a formula.`),
      ...missingOptions(all, results, columns, tasks.length),
    ],
  };
}

/** True if the column’s name and cells can’t be formulas, and the name is still read as this control. */
function isSafeColumn({ name }: Control, results: readonly JsonObject[][], config: LabelConfig): boolean {
  const [target] = mapColumns([{ name: escapeFormula(name), samples: [], isFull: false }], { config });
  return (
    (!mayBeFormula(name) || target === `control:${name}`) &&
    results.flat().every((region) => region['from_name'] !== name || safeCell(region) !== undefined)
  );
}

/** The cell for a region; undefined if every spelling would be a formula. Numbers are never formulas. */
function safeCell(region: JsonObject): string | undefined {
  const cell = cellOfRegion(region);
  if (!mayBeFormula(cell)) return cell;
  const [answer] = Object.values(region['value'] as JsonObject);
  if (Array.isArray(answer)) return escapeFormulaInJson(writeJson(answer));
  return typeof answer === 'string' ? undefined : cell;
}

function samples(config: LabelConfig): { results: JsonObject[][]; controls: Control[]; notes: string[] } {
  const { results, skipped } = sampleResults(config);
  const all = controlsOf(config);
  const named = (regions: readonly JsonObject[]) => {
    const names = new Set(regions.map(({ from_name: name }) => name));
    return all.filter(({ name }) => names.has(name));
  };
  const documented = all.filter((control) => bulkUnsupportedReason(control) === undefined);
  if (results.length === 0 || documented.length === 0) {
    const regions = exampleRegions(config);
    const note =
      'Bulk labelling isn’t documented for any of these controls, so the sample has one example of each.';
    return { results: regions.length === 0 ? [] : [regions], controls: named(regions), notes: [note] };
  }
  const controls = named(results.flat());
  const undocumented = all.filter((control) => !controls.includes(control) && !documented.includes(control));
  return {
    results,
    controls,
    notes: [
      ...undocumented.map(
        (control) => `“${control.name}” isn’t included: it ${bulkUnsupportedReason(control)!}.`,
      ),
      ...skipped.map(({ name }) => `“${name}” isn’t included: no valid example is known.`),
      ...controls
        .filter((control) => countOptions(control) > maxShown)
        .map(
          (control) =>
            `“${control.name}” has ${count(countOptions(control), 'option')}; the sample shows ${maxShown}.`,
        ),
    ],
  };
}

/** A note about options that didn’t fit into the rows. */
function missingOptions(
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
    shown.length < tasks ? `A table has at most ${maxShown} rows` : `The project has ${count(tasks, 'task')}`;
  return [`${why}, so the sample doesn’t show every option of ${names.join(', ')}.`];
}
