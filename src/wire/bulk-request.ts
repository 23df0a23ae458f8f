import * as rules from './bulk-rules.ts';
import type { Rule } from './bulk-rules.ts';
import { isJsonObject, type ExactNumber, type Json, type JsonObject } from '#wire/json/json-value.ts';
import { within, type Report } from './problem.ts';
import { closestName, describeValue, shorten } from '#wire/text/words.ts';
import { z } from './zod.ts';

export { isId, lastActions } from './bulk-rules.ts';

interface Field<T> {
  rule: Rule;
  /** Whether the server accepts null; otherwise it answers 400 (seen on Label Studio 1.23.2). */
  nullable: boolean;
  /** Used only by the compiler. */
  type?: T;
}

/**
 * The body of `POST /api/annotations/bulk/`: AnnotationBulkSerializerWithSelectedItemsRequest of the published API. No
 * field is required.
 */
const fields = {
  tasks: field<number[]>(rules.tasks),
  selected_items: nullable<Selection>(rules.selectedItems),
  task: nullable<number>(rules.id('task')),
  project: nullable<number>(rules.id('project')),
  result: field<JsonObject[]>(rules.result),
  was_cancelled: field<boolean>(rules.trueOrFalse('was_cancelled')),
  ground_truth: field<boolean>(rules.trueOrFalse('ground_truth')),
  completed_by: field<number>(rules.id('user')),
  lead_time: nullable<number | ExactNumber>(rules.leadTime),
  bulk_created: nullable<boolean>(rules.trueOrFalse('bulk_created')),
  unique_id: field<string>(rules.uniqueId),
  import_id: nullable<number | ExactNumber>(rules.importId),
  parent_prediction: nullable<number>(rules.id('prediction')),
  parent_annotation: nullable<number>(rules.id('annotation')),
  last_action: nullable<(typeof rules.lastActions)[number]>(rules.lastAction),
  last_created_by: nullable<number>(rules.id('user')),
  updated_by: nullable<number>(rules.id('user')),
  draft_created_at: nullable<string>(rules.draftCreatedAt),
};

export type FieldName = keyof typeof fields;

/** A valid request. A missing field is not the same as null. */
export type BulkRequest = { [Name in FieldName]?: (typeof fields)[Name] extends Field<infer T> ? T : never };

/** Some tasks, or all tasks with exceptions. */
export type Selection = { all: false; included: number[] } | { all: true; excluded?: number[] };

/** In the order used by the form. */
export const fieldNames: readonly string[] = Object.keys(fields);

const rulesByName: ReadonlyMap<string, Field<unknown>> = new Map(Object.entries(fields));

/**
 * Checks every field of a request on its own. The only definition of these rules, shared by the schema below, the
 * editor and the form. A plain loop, because a batch can have a million requests. Rules between fields are in
 * `domain/validate/validate.ts`.
 */
export function checkFields(request: Json, report: Report): void {
  if (!isJsonObject(request)) {
    report(
      'error',
      'request-not-an-object',
      `A request must be an object in { }, not ${describeValue(request)}.`,
      [],
    );
    return;
  }
  const names = Object.keys(request);
  if (names.length > 0 && !names.some(isNearField)) {
    const shown = names.slice(0, 3).map((name) => `“${shorten(name, 40)}”`);
    const message = `This isn’t a request: ${shown.join(', ')}${names.length > 3 ? ' …' : ''} ${names.length === 1 ? 'isn’t a field' : 'aren’t fields'} of one. A request has "tasks" and "result".`;
    report('error', 'request-not-recognized', message, []);
    return;
  }
  for (const name of names) {
    const value = request[name]!;
    const known = rulesByName.get(name);
    if (known === undefined) {
      if (holdsLabels(value)) {
        const message = `“${shorten(name, 40)}” isn’t a field of a request. Put its "result" into the request itself.`;
        report('error', 'field-unknown', message, [name]);
      } else rules.reportUnknownField(name, fieldNames, 'a request', report);
    } else if (value !== null) {
      known.rule(value, within(report, name));
    } else if (!known.nullable) {
      report('error', 'null-not-allowed', `“${name}” can’t be null. Remove the field instead.`, [name]);
    }
  }
}

/** True for an annotation, and for a list of them. */
function holdsLabels(value: Json): boolean {
  const first = Array.isArray(value) ? value[0] : value;
  return first !== undefined && isJsonObject(first) && 'result' in first;
}

/** True for a field’s name, also with a typo. */
const isNearField = (name: string): boolean =>
  rulesByName.has(name) || closestName(name, fieldNames) !== undefined;

/** The same as a schema: an issue's message is for people, its `params.code` is stable. */
export const bulkRequestSchema = z.custom<BulkRequest>().check((context) => {
  checkFields(context.value, (_severity, code, message, path) => {
    context.issues.push({ code: 'custom', input: context.value, message, path, params: { code } });
  });
});

function field<T>(rule: Rule): Field<T> {
  return { rule, nullable: false };
}

function nullable<T>(rule: Rule): Field<T | null> {
  return { rule, nullable: true };
}
