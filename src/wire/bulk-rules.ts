import { checkDateTime } from './date-time.ts';
import { ExactNumber, isJsonObject, type Json } from './json-value.ts';
import { found, nearest } from './words.ts';

/** Says what is wrong with one value; nothing where it is right. `path` leads on from the value itself. */
export type Rule = (value: Json, report: Report) => void;
export type Report = (code: string, message: string, path?: (string | number)[]) => void;

/** The actions that an annotation's history knows: enum `last_action` of the published API. */
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

/** The one test of an id. Beyond 2^53 a number would be another than the one typed. */
export function isId(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

export function id(kind: IdKind): Rule {
  return (value, report) => {
    if (!isId(value)) refuseId(kind, value, report);
  };
}

function refuseId(kind: IdKind, value: Json, report: Report, path?: number[]): void {
  const a = kind === 'annotation' ? 'an' : 'a';
  if (typeof value === 'string' && /^\d+$/.test(value)) {
    const plain = value.replace(/^0+(?=\d)/, '');
    report(
      `${kind}-id-in-quotes`,
      `${found(value)} stands in quotes; write ${a} ${kind} id without them: ${plain}.`,
      path,
    );
  } else if (typeof value === 'string' && /^\d+(?:[.,]\d+)?e\+?\d+$/i.test(value.trim())) {
    report(
      `${kind}-id-rounded`,
      `${found(value)} is how a spreadsheet shows a long number, and its last digits are lost. Make the column text, and copy the ids anew.`,
      path,
    );
  } else if (value instanceof ExactNumber || (typeof value === 'number' && value > Number.MAX_SAFE_INTEGER)) {
    report(
      `${kind}-id-not-whole`,
      `${found(value)} cannot be ${a} ${kind} id; those are whole numbers such as 12.`,
      path,
    );
  } else {
    report(
      `${kind}-id-not-whole`,
      `${found(value)} is no ${kind} id; ${a} ${kind} id is a positive whole number such as 12.`,
      path,
    );
  }
}

export function trueOrFalse(name: string): Rule {
  return (value, report) => {
    if (typeof value !== 'boolean') {
      report(
        'not-true-or-false',
        `${found(value)} is neither true nor false; ${name} is one of them, without quotes.`,
      );
    }
  };
}

/** A loop of its own rather than a rule for each id: a list may hold a million. */
function idList(name: string): Rule {
  return (value, report) => {
    if (!Array.isArray(value)) {
      const example = isId(value) ? value : 12;
      report(
        `${dashed(name)}-not-a-list`,
        `${name} is a list of task ids such as [${example}], not ${found(value)}.`,
      );
      return;
    }
    for (let index = 0; index < value.length; index += 1) {
      if (!isId(value[index])) refuseId('task', value[index]!, report, [index]);
    }
  };
}

export const tasks: Rule = (value, report) => {
  idList('tasks')(value, report);
  if (Array.isArray(value) && value.length === 0) {
    report('tasks-empty', 'This list of tasks is empty. Name at least one task, such as [12].');
  }
};

export const result: Rule = (value, report) => {
  if (!Array.isArray(value)) {
    const hint = isJsonObject(value) ? ' Put [ and ] around it.' : '';
    report('result-not-a-list', `result is a list of regions in [ ], not ${found(value)}.${hint}`);
    return;
  }
  for (let index = 0; index < value.length; index += 1) {
    if (!isJsonObject(value[index])) {
      report('region-not-an-object', `A region is an object in { }, not ${found(value[index]!)}.`, [index]);
    }
  }
};

export const leadTime: Rule = (value, report) => {
  const number = value instanceof ExactNumber ? Number(value.text) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) {
    report(
      'lead-time-not-a-number',
      `${found(value)} is no number of seconds; lead_time is one such as 12.5.`,
    );
  } else if (number < 0) {
    report(
      'lead-time-negative',
      `${found(value)} is below zero; lead_time counts the seconds spent, such as 12.5.`,
    );
  }
};

const int64 = { least: -(2n ** 63n), most: 2n ** 63n - 1n };

export const importId: Rule = (value, report) => {
  const written = value instanceof ExactNumber ? value.text : typeof value === 'number' ? value : undefined;
  if (written === undefined || !/^-?\d+$/.test(String(written))) {
    report(
      'import-id-not-whole',
      `${found(value)} is no import_id; that is a whole number without quotes, such as 12.`,
    );
    return;
  }
  const big = BigInt(written);
  if (big < int64.least || big > int64.most) {
    report(
      'import-id-too-large',
      `${found(value)} does not fit; import_id goes up to ${int64.most} (64 bits).`,
    );
  }
};

export const uniqueId: Rule = (value, report) => {
  if (typeof value !== 'string') {
    report('unique-id-not-text', `unique_id is text in double quotes, not ${found(value)}.`);
  } else if (value === '') {
    report('unique-id-empty', 'unique_id is empty. Leave it out, or give it at least one character.');
  }
};

export const lastAction: Rule = (value, report) => {
  if (lastActions.some((action) => action === value)) return;
  const near = typeof value === 'string' ? nearest(value, lastActions) : undefined;
  const accepted = near === undefined ? `It is one of ${lastActions.join(', ')}.` : `Did you mean ${near}?`;
  report('last-action-unknown', `${found(value)} is no last_action. ${accepted}`);
};

export const draftCreatedAt: Rule = (value, report) => {
  const example = '“2026-08-01T09:30:00Z”';
  const verdict = typeof value === 'string' ? checkDateTime(value) : 'unreadable';
  if (verdict === 'unreadable') {
    report(
      'date-unreadable',
      `${found(value)} is no date that the server reads; write one such as ${example}.`,
    );
  } else if (verdict === 'no-such-date') {
    report(
      'date-does-not-exist',
      `${found(value)} is a date or time that does not exist; write one such as ${example}.`,
    );
  }
};

const selectionKeys = ['all', 'included', 'excluded'];

/**
 * Both forms of a selection. `included` beside `all: true`, and `excluded` beside `all: false`, are refused as
 * SelectedItemsSerializer does, `label_studio/data_manager/serializers.py`.
 */
export const selectedItems: Rule = (value, report) => {
  if (!isJsonObject(value)) {
    report(
      'selection-not-an-object',
      `selected_items is an object such as {"all": false, "included": [12]}, not ${found(value)}.`,
    );
    return;
  }
  for (const key of Object.keys(value)) {
    if (!selectionKeys.includes(key)) refuseUnknown(key, selectionKeys, 'selected_items', report);
  }
  const { all, included, excluded } = value;
  if (typeof all !== 'boolean') {
    if (all === undefined) report('selection-without-all', 'selected_items needs "all": true or false.');
    else report('not-true-or-false', `${found(all)} is neither true nor false; all is one of them.`, ['all']);
  }
  if (included !== undefined) idList('included')(included, at(report, 'included'));
  if (excluded !== undefined) idList('excluded')(excluded, at(report, 'excluded'));
  if (all === true && included !== undefined) {
    const message =
      '"all": true takes every task, so "included" cannot stand beside it. Write "all": false, or delete it.';
    report('selection-included-with-all', message, ['included']);
  }
  if (all === false) {
    if (excluded !== undefined) {
      const message =
        '"excluded" only stands beside "all": true. Write "included" with the tasks that are meant.';
      report('selection-excluded-without-all', message, ['excluded']);
    }
    if (included === undefined || (Array.isArray(included) && included.length === 0)) {
      report(
        'selection-empty',
        'This selection holds no task. Name at least one: {"all": false, "included": [12]}.',
      );
    }
  }
};

/** For a key that nothing takes; `of` is what it stands in. */
export function refuseUnknown(key: string, known: readonly string[], of: string, report: Report): void {
  const near = nearest(key, known);
  const meant = near === undefined ? 'Delete it.' : `Did you mean ${near}?`;
  report('field-unknown', `${found(key)} is no field of ${of}. ${meant}`, [key]);
}

function at(report: Report, key: string): Report {
  return (code, message, path = []) => report(code, message, [key, ...path]);
}

function dashed(name: string): string {
  return name.replaceAll('_', '-');
}
