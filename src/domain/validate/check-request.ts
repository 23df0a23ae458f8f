import { checkRegionId, checkRegionValue } from '#config/check/check-region.ts';
import { reportResult } from '#config/check/check-result.ts';
import type { CheckOptions } from '#config/check/item.ts';
import type { LabelConfig } from '#config/label-config.ts';
import { checkFields } from '#wire/bulk-request.ts';
import { isJsonObject, readJson, type Json, type JsonObject } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import { offerRepair, repairKinds } from '#domain/text/repair.ts';
import { count } from '#wire/text/figures.ts';
import { describeValue } from '#wire/text/words.ts';
import { reportTo, within, type Problem, type Report } from '#wire/problem.ts';
import type { ConfigOf, KnownConfig, PersonOf } from '#domain/requests/known-config.ts';
import type { RequestCheck } from '#domain/requests/entries.ts';
import { targetOf, type Target } from '#domain/requests/target.ts';

/**
 * Checks one request: each field (`wire/bulk-request.ts`), its regions against the labelling config of its project, and
 * rules between fields.
 */
export function checkRequest(value: Json, configOf?: ConfigOf): RequestCheck {
  const problems: Problem[] = [];
  const once: Problem[] = [];
  const report = reportTo(problems);
  const ofResult =
    isJsonObject(value) && typeof value['result'] === 'string' ? resultInText(value['result']) : undefined;
  checkFields(ofResult === undefined ? value : { ...(value as JsonObject), result: [] }, report);
  if (ofResult !== undefined) problems.push(ofResult);
  const isRequest = isJsonObject(value) && !problems.some(({ code }) => code === 'request-not-recognized');
  if (!isRequest) return { problems, once, target: undefined, whyNotChecked: undefined };
  const target = targetOf(value);
  checkTarget(target, report);
  if (typeof value['completed_by'] === 'string')
    nameAnnotator(value['completed_by'], problems, configOf?.(value).personOf?.());
  const { result } = value;
  const known = Array.isArray(result) ? configOf?.(value) : undefined;
  // The check with a config includes this one.
  if (known?.config === undefined) checkRegions(result, report);
  else {
    for (const problem of problemsOfResult(known, result as Json[], value['was_cancelled'] === true))
      (problem.severity === 'info' ? once : problems).push(problem);
  }
  checkMeaning(value, target, report);
  const whyNotChecked = known?.config === undefined ? known?.why : undefined;
  return { problems: problems.map(pointAtName), once, target, whyNotChecked };
}

/** Finds the user meant by an e-mail address or name instead of an ID; nothing while the users are unknown. */
function nameAnnotator(words: string, problems: Problem[], personOf: PersonOf): void {
  const index = problems.findIndex(({ path }) => path[0] === 'completed_by');
  if (personOf === undefined || index < 0 || !/\p{L}/u.test(words)) return;
  const people = personOf(words.trim().toLowerCase());
  const [person, ...others] = people;
  const quoted = describeValue(words);
  const path = ['completed_by'];
  if (person === undefined) {
    const message = `${quoted} isn’t the e-mail address or name of a user on this server. Use a user ID.`;
    problems[index] = { severity: 'error', code: 'annotator-unknown', message, path };
  } else if (others.length > 0) {
    const ids = people.map(({ id }) => id).join(', ');
    const message = `${quoted} is the name of ${count(people.length, 'user')}: ${ids}. Use one of these IDs.`;
    problems[index] = { severity: 'error', code: 'annotator-ambiguous', message, path };
  } else {
    const message = `${quoted} is user ${person.id}. Use the ID.`;
    const fix = { path, value: person.id, words: `Use ${person.id}`, alike: 'Use the IDs of users' };
    problems[index] = { severity: 'error', code: 'annotator-by-name', message, path, fix };
  }
}

/** A result that is text instead of a list: JSON in quotes, or another notation, such as Python’s, which can be read as JSON. */
function resultInText(text: string): Problem | undefined {
  if (!/^\s*[[{]/.test(text) || text.length > limits.inputUnits) return undefined;
  const { value: list, problems } = readJson(text);
  if (Array.isArray(list) && problems.length === 0) {
    const message =
      '“result” is JSON in quotes, so the server sees a text. Remove the quotes, or read it as JSON.';
    const fix = { path: ['result'], value: list, words: 'Read it as JSON', alike: 'Read results as JSON' };
    return { severity: 'error', code: 'result-in-quotes', message, path: ['result'], fix };
  }
  const repair = offerRepair(text);
  const value = repair && readJson(repair.text).value;
  if (!Array.isArray(value)) return undefined;
  const kinds = [...repair!.counts].map(([kind, times]) => repairKinds[kind][times === 1 ? 'one' : 'many']);
  const isPython = repair!.counts.has('single-quotes') || repair!.counts.has('python-word');
  const message = `This is ${isPython ? 'Python, not JSON' : 'almost JSON'}: it has ${kinds.join(', ')}. Read it as JSON, or write it as JSON.`;
  const fix = { path: ['result'], value, words: 'Read it as JSON', alike: 'Read results as JSON' };
  return { severity: 'error', code: 'result-almost-json', message, path: ['result'], fix };
}

/** Problems of a key instead of its value. */
const ofNames = new Set(['field-unknown', 'value-key-unknown']);

function pointAtName(problem: Problem): Problem {
  return ofNames.has(problem.code) ? { ...problem, of: 'key' } : problem;
}

function problemsOfResult({ config, isForBulk }: KnownConfig, result: Json[], isSkipped: boolean): Problem[] {
  // With or without a config, an item that isn’t an object is already reported.
  return problemsOfRegions(config, result, { isForBulk, isSkipped }).filter(
    ({ code }) => code !== 'region-not-an-object',
  );
}

/** The problems of a result, or of some of its regions, with their paths in the request. */
export function problemsOfRegions(config: LabelConfig, regions: Json[], options: CheckOptions): Problem[] {
  const problems: Problem[] = [];
  reportResult(config, regions, options, within(reportTo(problems), 'result'));
  return problems.map(pointAtName);
}

function checkTarget(target: Target, report: Report): void {
  if (target.kind === 'none') {
    report('error', 'no-target', 'This request has no tasks. Add them, such as "tasks": [12, 13].', []);
  }
  if (target.kind !== 'several') return;
  const last = target.fields.at(-1)!;
  if (target.fields.join() === 'tasks,task') {
    report('error', 'task-and-tasks-differ', 'task and tasks name different tasks. Remove task.', [last]);
  } else {
    const message =
      `${target.fields.join(' and ')} both name tasks, and the API doesn’t document which of them counts. ` +
      'Keep one.';
    report('error', 'several-targets', message, [last]);
  }
}

function checkRegions(result: Json | undefined, report: Report): void {
  if (!Array.isArray(result)) return;
  for (let index = 0; index < result.length; index += 1) {
    const region = result[index];
    if (isJsonObject(region) && region['type'] !== 'relation') checkRegion(region, index, report);
  }
}

/** Keys by which the editor finds a region’s control and object. */
const regionKeys = ['from_name', 'to_name', 'type'];

function checkRegion(region: JsonObject, index: number, report: Report): void {
  const ofRegion = within(report, 'result', index);
  checkRegionValue(region, ofRegion);
  checkRegionId(region, ofRegion);
  const missing = regionKeys.filter((key) => region[key] === undefined);
  if (missing.length > 0) {
    const message = `This region has no ${missing.join(' and no ')}. The server stores it, but the editor doesn’t show it.`;
    ofRegion('warning', 'region-key-missing', message, []);
  }
  for (const key of regionKeys) {
    const name = region[key];
    if (name === undefined || (typeof name === 'string' && name !== '')) continue;
    const message = `${key} must be a name in double quotes, not ${describeValue(name)}. The editor doesn’t show such a region.`;
    ofRegion('warning', 'region-key-not-text', message, [key]);
  }
}

function checkMeaning(request: JsonObject, target: Target, report: Report): void {
  const { result, was_cancelled: skipped, ground_truth: truth, unique_id: uniqueId } = request;
  if (result === undefined && skipped !== true) {
    const message =
      'No labels, so these tasks won’t count as completed. Add "result", or "was_cancelled": true.';
    report('warning', 'result-left-out', message, []);
  }
  if (skipped === true && Array.isArray(result) && result.length > 0) {
    const message = `Marked as skipped, but has ${count(result.length, 'region')}. Label Studio counts it as skipped.`;
    report('warning', 'skip-with-regions', message, ['was_cancelled']);
  }
  if (truth === true) {
    const message = 'Replaces any other ground truth on these tasks.';
    report('info', 'ground-truth-replaces-others', message, ['ground_truth']);
  }
  if (typeof uniqueId === 'string' && uniqueId !== '') checkUniqueId(uniqueId, target, report);
}

function checkUniqueId(uniqueId: string, target: Target, report: Report): void {
  const many = target.kind === 'all-except' || (target.kind === 'tasks' && target.ids.length > 1);
  if (many) {
    const message = 'A unique_id is for one annotation, but this request creates several. Remove it.';
    report('warning', 'unique-id-with-several-tasks', message, ['unique_id']);
  }
  // Accepts what Python’s uuid.UUID accepts, like Label Studio’s UUIDField.
  const digits = uniqueId
    .replace('urn:', '')
    .replace('uuid:', '')
    .replaceAll(/^[{}]+|[{}]+$|-/g, '');
  if (!/^[\da-f]{32}$/i.test(digits)) {
    const message =
      `${describeValue(uniqueId)} isn’t a UUID, and Label Studio Community fails on it. Use one such as ` +
      '3f1a6f0e-5c1b-4f6e-9a57-0c2f5e8d7b10.';
    report('warning', 'unique-id-not-a-uuid', message, ['unique_id']);
  }
}
