import type { ExportKind } from '#engine/runs/files/run-exports.ts';
import type { RunView } from '#engine/runs/run-view.ts';
import { count, figure } from '#ui/components/numbers.ts';

export interface ExportChoice {
  kind: ExportKind;
  name: string;
  /** The content of the file, or why it isn’t available. */
  contains: string;
  isUnavailable?: boolean;
}

export interface ExportGroup {
  title: string;
  choices: ExportChoice[];
}

/**
 * The choices of the export menu.
 *
 * @param source - the kind of the submitted file; undefined until known
 * @param shown - number of rows in the table; undefined until known
 */
export function exportChoices(
  view: RunView,
  source: 'table' | 'json' | 'unknown' | undefined,
  shown: number | undefined,
): ExportGroup[] {
  const { plan, totals, fileName } = view;
  const isFiltered = shown !== undefined && shown < plan.rows;
  const all = `All ${count(plan.rows, 'row')}`;
  const results: ExportChoice[] = [
    { kind: 'csv', name: 'Results as CSV', contains: 'Safe to open in a spreadsheet' },
    { kind: 'json', name: 'Results as JSON', contains: 'For scripts' },
  ];
  const whole: ExportChoice[] = [
    ownFile(source, fileName),
    { kind: 'report', name: 'Report', contains: 'One page to hand on: counts, reasons, who and when' },
  ];
  const groups: ExportGroup[] = isFiltered
    ? [
        { title: `The ${count(shown, 'row')} shown`, choices: results },
        { title: all, choices: whole },
      ]
    : [{ title: all, choices: [whole[0]!, ...results, whole[1]!] }];
  const some = partsOf(view);
  if (some.length > 0 && source !== 'unknown') groups.push({ title: 'Only some rows', choices: some });
  if (view.calls.sent > 0)
    groups.push({
      title: 'What was sent, as a script',
      choices: [
        { kind: 'curl', name: 'Copy as curl', contains: codeWords(totals) },
        { kind: 'python', name: 'Copy as Python', contains: 'For the Label Studio SDK; the same calls' },
      ],
    });
  return groups;
}

function ownFile(
  source: 'table' | 'json' | 'unknown' | undefined,
  fileName: string | undefined,
): ExportChoice {
  const name = 'Your file with IDs';
  switch (source) {
    case 'json':
      return {
        kind: 'own-file',
        name,
        contains: 'For tables only. Columns can’t be added to JSON: use Results as JSON.',
        isUnavailable: true,
      };
    case 'unknown':
      return {
        kind: 'own-file',
        name,
        contains: 'Your file was too large to be kept: use Results as CSV.',
        isUnavailable: true,
      };
    case 'table':
    case undefined:
      return {
        kind: 'own-file',
        name,
        contains: `${fileName ?? 'What you pasted'} plus annotation ID, state and link`,
      };
  }
}

function partsOf({ totals, plan }: RunView): ExportChoice[] {
  const { refused, skipped, 'never-sent': unsent } = totals;
  const errors = plan.withErrors.entries;
  const parts: ExportChoice[] = [];
  const toFix = refused + skipped + unsent + errors;
  if (toFix > 0)
    parts.push({
      kind: 'to-fix',
      name: `Rows to fix (${figure(toFix)})`,
      contains: `${listed([
        [refused, 'refused'],
        [skipped, 'skipped'],
        [unsent, 'not sent'],
        [errors, 'with errors'],
      ])}. Safe to import again`,
    });
  const uncertain = totals.unknown + totals['not-found'] + totals['in-flight'] + totals.unconfirmed;
  if (uncertain > 0)
    parts.push({
      kind: 'uncertain',
      name: `Rows to check first (${figure(uncertain)})`,
      contains: `${listed([
        [totals.unknown, 'unknown'],
        [totals['not-found'], 'not found'],
        [totals['in-flight'] + totals.unconfirmed, 'being checked'],
      ])}. They may be on the server: don’t import them again`,
    });
  return parts;
}

const listed = (parts: [rows: number, words: string][]): string =>
  parts
    .filter(([rows]) => rows > 0)
    .map(([rows, words]) => `${figure(rows)} ${words}`)
    .join(', ');

const codeWords = (totals: RunView['totals']): string =>
  totals.created > 0
    ? 'Your token isn’t in it. Running it creates everything once more'
    : 'Your token isn’t in it';
