import * as rules from './bulk-rules.ts';
import type { Report, Rule } from './bulk-rules.ts';
import { isJsonObject, type ExactNumber, type Json, type JsonObject } from './json-value.ts';
import { found } from './words.ts';
import { z } from './zod.ts';

export { isId, lastActions, type Report } from './bulk-rules.ts';

interface Field<T> {
  rule: Rule;
  /** Whether the server takes null. Where it answers 400 (seen on Label Studio 1.23.2), the field is left out instead. */
  nullable: boolean;
  /** One line for people. */
  about: string;
  /** What may stand there, as JSON texts, where there is a short list of it. */
  values: readonly string[];
  /** Only for the compiler: what the field holds. */
  type?: T;
}

/**
 * The body of `POST /api/annotations/bulk/`: AnnotationBulkSerializerWithSelectedItemsRequest of the published API. No
 * field is required. In the order in which people think of them.
 */
const fields = {
  tasks: field<number[]>(rules.tasks, 'The tasks that get this annotation: a list of ids, [12, 13].'),
  selected_items: nullable<Selection>(
    rules.selectedItems,
    'A selection of tasks instead of a list: {"all": false, "included": [12]}.',
  ),
  task: nullable<number>(rules.id('task'), 'One task. Better use tasks, which takes any number of them.'),
  project: nullable<number>(rules.id('project'), 'The project that the tasks belong to.'),
  result: field<JsonObject[]>(
    rules.result,
    'What is said about the tasks: a list of regions, one for each thing said.',
  ),
  was_cancelled: field<boolean>(rules.trueOrFalse('was_cancelled'), 'true: the task was skipped.', [
    'true',
    'false',
  ]),
  ground_truth: field<boolean>(
    rules.trueOrFalse('ground_truth'),
    'true: the right answer, by which the others are measured.',
    ['true', 'false'],
  ),
  completed_by: field<number>(rules.id('user'), 'The user whose work this is; left out, it is you.'),
  lead_time: nullable<number | ExactNumber>(rules.leadTime, 'How long it took, in seconds: 12.5.'),
  bulk_created: nullable<boolean>(rules.trueOrFalse('bulk_created'), 'true: made for many tasks at once.', [
    'true',
    'false',
    'null',
  ]),
  unique_id: field<string>(
    rules.uniqueId,
    'A key that no other annotation on the server has; for one task only.',
  ),
  import_id: nullable<number | ExactNumber>(rules.importId, 'The id it had where it was imported from.'),
  parent_prediction: nullable<number>(rules.id('prediction'), 'The prediction that it was made from.'),
  parent_annotation: nullable<number>(rules.id('annotation'), 'The annotation that it was made from.'),
  last_action: nullable<(typeof rules.lastActions)[number]>(rules.lastAction, 'What was done to it last.', [
    ...rules.lastActions.map((action) => `"${action}"`),
    'null',
  ]),
  last_created_by: nullable<number>(rules.id('user'), 'The user who did that.'),
  updated_by: nullable<number>(rules.id('user'), 'The user who changed it last.'),
  draft_created_at: nullable<string>(
    rules.draftCreatedAt,
    'When its draft was begun: "2026-08-01T09:30:00Z".',
  ),
};

export type FieldName = keyof typeof fields;

/** A request that keeps every rule. A field that is left out is not there; null is a value of its own. */
export type BulkRequest = { [Name in FieldName]?: (typeof fields)[Name] extends Field<infer T> ? T : never };

/** Tasks chosen in one of two ways: some, or all but some. */
export type Selection = { all: false; included: number[] } | { all: true; excluded?: number[] };

/** The 18 fields, for completing and explaining them. */
export const requestFields: readonly (Omit<Field<unknown>, 'rule' | 'type'> & { name: string })[] =
  Object.entries(fields).map(([name, { nullable: takesNull, about, values }]) => ({
    name,
    nullable: takesNull,
    about,
    values,
  }));

export const fieldNames: readonly string[] = Object.keys(fields);

const rulesByName: ReadonlyMap<string, Field<unknown>> = new Map(Object.entries(fields));

/**
 * Everything that is wrong with a request by itself, field by field: the one definition, which the schema below, the
 * editor and the form share. A plain loop, because a batch may hold a million of them. The rules between fields are in
 * `domain/validate.ts`.
 */
export function refuseRequest(request: Json, report: Report): void {
  if (!isJsonObject(request)) {
    report('request-not-an-object', `A request is an object in { }, not ${found(request)}.`, []);
    return;
  }
  for (const name of Object.keys(request)) {
    const value = request[name]!;
    const known = rulesByName.get(name);
    if (known === undefined) {
      rules.refuseUnknown(name, fieldNames, 'a request', report);
    } else if (value !== null) {
      known.rule(value, (code, message, path = []) => report(code, message, [name, ...path]));
    } else if (!known.nullable) {
      report('null-not-allowed', `${name} may not be null. Leave it out instead.`, [name]);
    }
  }
}

/** The same as a schema: an issue's message is for people, its `params.code` is stable. */
export const bulkRequestSchema = z.custom<BulkRequest>().check((context) => {
  refuseRequest(context.value, (code, message, path = []) => {
    context.issues.push({ code: 'custom', input: context.value, message, path, params: { code } });
  });
});

function field<T>(rule: Rule, about: string, values: readonly string[] = []): Field<T> {
  return { rule, nullable: false, about, values };
}

function nullable<T>(rule: Rule, about: string, values: readonly string[] = []): Field<T | null> {
  return { rule, nullable: true, about, values };
}
