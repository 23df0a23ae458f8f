import { checkDateTime } from '#wire/text/date-time.ts';
import { ExactNumber, isJsonObject, type Json } from '#wire/json/json-value.ts';
import { within, type Path, type Report } from './problem.ts';
import { spelledId } from '#wire/text/spelled-id.ts';
import { spelledNumber } from '#wire/text/spelled-number.ts';
import { capital, describeValue, closestName, describeValueAtStart, yesOrNo } from '#wire/text/words.ts';

/** Reports problems of one value; paths start at the value. */
export type Rule = (value: Json, report: Report) => void;

/** Enum `last_action` of the published API. */
export const lastActions = [
  'prediction',
  'propagated_annotation',
  'imported',
  'submitted',
  'updated',
  'skipped',
  'accepted',
  'rejected',
  'fixed_and_accepted',
  'deleted_review',
] as const;

export type IdKind = 'task' | 'project' | 'user' | 'annotation' | 'prediction';

/** Numbers beyond 2^53 aren’t exact, so they can’t be IDs. */
export function isId(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

export function id(kind: IdKind): Rule {
  return (value, report) => {
    if (!isId(value)) reportId(kind, value, report);
  };
}

/** Lists of labels in a task of Label Studio. */
const labelLists = ['annotations', 'completions', 'predictions', 'drafts'];

function reportId(kind: IdKind, value: Json, report: Report, path: Path = []): void {
  const a = kind === 'annotation' ? 'an' : 'a';
  const text = typeof value === 'string' ? value.trim() : undefined;
  const meant = typeof value === 'string' ? spelledId(value) : undefined;
  if (typeof value === 'string' && /^[1-9]\d*$/.test(value) && isId(Number(value))) {
    const fix = { path, value: Number(value), words: `Use ${value}`, alike: 'Remove the quotes' };
    const message = `${capital(kind)} ID is in quotes. Use ${value}, not ${describeValue(value)}.`;
    report('error', `${kind}-id-in-quotes`, message, path, fix);
  } else if (meant !== undefined) {
    const fix = { path, value: meant, words: `Use ${meant}`, alike: 'Use plain IDs' };
    report(
      'error',
      `${kind}-id-spelled-otherwise`,
      `${describeValueAtStart(value)} isn’t written as a plain ${kind} ID. Use ${meant}.`,
      path,
      fix,
    );
  } else if (text !== undefined && /^\d+(?:[.,]\d+)?e\+?\d+$/i.test(text)) {
    report(
      'error',
      `${kind}-id-rounded`,
      `${describeValue(value)} is how spreadsheets shorten a long number, so its last digits may be lost. Format the column as text and copy the IDs again.`,
      path,
    );
  } else if (text === '') {
    report(
      'error',
      `${kind}-id-not-whole`,
      `${capital(kind)} ID is missing. Use a whole number such as 12.`,
      path,
    );
  } else if (isWholeNumber(value)) {
    const message = `${describeValue(value)} is too large for ${a} ${kind} ID. Use a smaller whole number, such as 12.`;
    report('error', `${kind}-id-not-whole`, message, path);
  } else if (isJsonObject(value) && isId(value['id']) && labelLists.some((name) => name in value)) {
    // No fix: the ID alone would drop the labels.
    const message = `This is ${kind} ${value['id']} with its annotations, not ${a} ${kind} ID. Import the list of ${kind}s, from [ to ].`;
    report('error', `${kind}-with-annotations`, message, path);
  } else if (isJsonObject(value) && isId(value['id'])) {
    const fix = { path, value: value['id'], words: `Use ${value['id']}`, alike: 'Use plain IDs' };
    const message = `Only the ID of this ${kind} is needed. Use ${value['id']}.`;
    report('error', `${kind}-id-in-object`, message, path, fix);
  } else {
    const message = `${describeValueAtStart(value)} isn’t a valid ${kind} ID. Use a positive whole number such as 12.`;
    report('error', `${kind}-id-not-whole`, message, path);
  }
}

function isWholeNumber(value: Json): boolean {
  if (value instanceof ExactNumber) return /^\d+$/.test(value.text);
  return typeof value === 'number' && value > Number.MAX_SAFE_INTEGER;
}

export function trueOrFalse(name: string): Rule {
  return (value, report) => {
    if (typeof value === 'boolean') return;
    const message =
      value === 'true' || value === 'false'
        ? `“${name}” is in quotes. Use ${value}, not ${describeValue(value)}.`
        : `“${name}” must be true or false, not ${describeValue(value)}.`;
    const meant = typeof value === 'object' ? undefined : yesOrNo(String(value));
    const fix =
      meant === undefined
        ? undefined
        : { path: [], value: meant, words: `Use ${meant}`, alike: 'Use true and false' };
    report('error', 'not-true-or-false', message, [], fix);
  };
}

/** The IDs of a single value or of a text such as `12, 13`; undefined if it has anything else. */
function idsIn(value: Json): number[] | undefined {
  if (isId(value)) return [value];
  if (typeof value !== 'string') return undefined;
  const ids = value.split(/[\s,;]+/).map((part) => spelledId(part) ?? Number(part));
  return ids.every((one) => isId(one)) ? ids : undefined;
}

/** A plain loop instead of a rule per ID, because a list can have a million. */
function idList(name: string): Rule {
  return (value, report) => {
    if (!Array.isArray(value)) {
      const ids = idsIn(value);
      const example = ids === undefined || ids.length > 5 ? '[12]' : `[${ids.join(', ')}]`;
      const message = `“${name}” must be a list of task IDs such as ${example}, not ${describeValue(value)}.`;
      const fix = ids && { path: [], value: ids, words: 'Use a list of IDs', alike: 'Use lists of IDs' };
      report('error', `${dashed(name)}-not-a-list`, message, [], fix);
      return;
    }
    for (let index = 0; index < value.length; index += 1) {
      if (!isId(value[index])) reportId('task', value[index]!, report, [index]);
    }
  };
}

export const tasks: Rule = (value, report) => {
  idList('tasks')(value, report);
  if (Array.isArray(value) && value.length === 0) {
    report('error', 'tasks-empty', '“tasks” is empty. Add at least one task, such as [12].', []);
  }
};

export const result: Rule = (value, report) => {
  if (!Array.isArray(value)) {
    const isRegion = isJsonObject(value);
    const message = `“result” must be a list of regions in [ ], not ${describeValue(value)}.`;
    const words = 'Put [ and ] around it';
    const fix = isRegion ? { path: [], value: [value], words, alike: words } : undefined;
    report('error', 'result-not-a-list', isRegion ? `${message} ${words}.` : message, [], fix);
    return;
  }
  for (let index = 0; index < value.length; index += 1) {
    if (!isJsonObject(value[index])) {
      report(
        'error',
        'region-not-an-object',
        `A region must be an object in { }, not ${describeValue(value[index]!)}.`,
        [index],
      );
    }
  }
};

export const leadTime: Rule = (value, report) => {
  const number = value instanceof ExactNumber ? Number(value.text) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) {
    const [meant, other] = typeof value === 'string' ? spelledNumber(value) : [];
    const isClear = meant !== undefined && other === undefined;
    const suggestion = isClear ? `Did you mean ${meant}?` : 'Use a number such as 12.5.';
    const message = `${describeValueAtStart(value)} isn’t a number of seconds. ${suggestion}`;
    const fix = isClear
      ? { path: [], value: meant, words: `Use ${meant}`, alike: 'Use plain numbers' }
      : undefined;
    report('error', 'lead-time-not-a-number', message, [], fix);
  } else if (number < 0) {
    report(
      'error',
      'lead-time-negative',
      `${describeValue(value)} is negative. “lead_time” must be 0 or more seconds, such as 12.5.`,
      [],
    );
  }
};

const int64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };

export const importId: Rule = (value, report) => {
  const written = value instanceof ExactNumber ? value.text : typeof value === 'number' ? value : undefined;
  if (written === undefined || !/^-?\d+$/.test(String(written))) {
    report(
      'error',
      'import-id-not-whole',
      `${describeValueAtStart(value)} isn’t a valid “import_id”. Use a whole number without quotes, such as 12.`,
      [],
    );
    return;
  }
  const big = BigInt(written);
  if (big < int64.min || big > int64.max) {
    const message =
      big < 0n
        ? `${describeValue(value)} is too small for “import_id”. The minimum is ${int64.min} (64 bits).`
        : `${describeValue(value)} is too large for “import_id”. The maximum is ${int64.max} (64 bits).`;
    report('error', 'import-id-too-large', message, []);
  }
};

export const uniqueId: Rule = (value, report) => {
  if (typeof value !== 'string') {
    report(
      'error',
      'unique-id-not-text',
      `“unique_id” must be text in double quotes, not ${describeValue(value)}.`,
      [],
    );
  } else if (value === '') {
    report(
      'error',
      'unique-id-empty',
      '“unique_id” is empty. Enter at least one character, or remove the field.',
      [],
    );
  }
};

export const lastAction: Rule = (value, report) => {
  if (lastActions.some((action) => action === value)) return;
  const near = typeof value === 'string' ? closestName(value, lastActions) : undefined;
  const accepted =
    near === undefined ? `Use one of these: ${lastActions.join(', ')}.` : `Did you mean “${near}”?`;
  report(
    'error',
    'last-action-unknown',
    `${describeValueAtStart(value)} isn’t a valid “last_action”. ${accepted}`,
    [],
  );
};

export const draftCreatedAt: Rule = (value, report) => {
  const example = '“2026-08-01T09:30:00Z”';
  const verdict = typeof value === 'string' ? checkDateTime(value) : 'unreadable';
  if (verdict === 'unreadable') {
    report(
      'error',
      'date-unreadable',
      `${describeValueAtStart(value)} isn’t a date that the server can read. Use a date such as ${example}.`,
      [],
    );
  } else if (verdict === 'no-such-date') {
    report(
      'error',
      'date-does-not-exist',
      `${describeValue(value)} isn’t a real date or time. Use a date such as ${example}.`,
      [],
    );
  }
};

const selectionKeys = ['all', 'included', 'excluded'];

/**
 * Refuses `included` with `all: true` and `excluded` with `all: false`, like SelectedItemsSerializer of
 * `label_studio/data_manager/serializers.py`.
 */
export const selectedItems: Rule = (value, report) => {
  if (!isJsonObject(value)) {
    report(
      'error',
      'selection-not-an-object',
      `“selected_items” must be an object such as {"all": false, "included": [12]}, not ${describeValue(value)}.`,
      [],
    );
    return;
  }
  for (const key of Object.keys(value)) {
    if (!selectionKeys.includes(key)) reportUnknownField(key, selectionKeys, '“selected_items”', report);
  }
  const { all, included, excluded } = value;
  if (all === undefined)
    report('error', 'selection-without-all', '“selected_items” needs "all": true or false.', []);
  else trueOrFalse('all')(all, within(report, 'all'));
  if (included !== undefined) idList('included')(included, within(report, 'included'));
  if (excluded !== undefined) idList('excluded')(excluded, within(report, 'excluded'));
  if (all === true && included !== undefined) {
    const message =
      '"all": true already selects every task, so "included" isn’t allowed. Remove it, or use "all": false.';
    report('error', 'selection-included-with-all', message, ['included']);
  }
  if (all === false) {
    if (excluded !== undefined) {
      const message =
        '"excluded" is only allowed with "all": true. List the tasks to select in "included" instead.';
      report('error', 'selection-excluded-without-all', message, ['excluded']);
    }
    if (included === undefined || (Array.isArray(included) && included.length === 0)) {
      report(
        'error',
        'selection-empty',
        'No tasks are selected. Select at least one: {"all": false, "included": [12]}.',
        [],
      );
    }
  }
};

/** Names that may hold labels, which following the hint must not lose. */
const ofLabels = /label|annotat|answer|choice|class|categor|predict|span|entit|region|tag/i;

/** Reports a key that is not in `known`; `of` names its object. */
export function reportUnknownField(key: string, known: readonly string[], of: string, report: Report): void {
  const near = closestName(key, known);
  const hint = ofLabels.test(key) ? 'Labels belong in "result".' : 'Remove it.';
  const meant = near === undefined ? hint : `Did you mean “${near}”?`;
  report('error', 'field-unknown', `${describeValueAtStart(key)} isn’t a field of ${of}. ${meant}`, [key]);
}

function dashed(name: string): string {
  return name.replaceAll('_', '-');
}
