import type { Json, JsonObject } from '#wire/json/json.ts';
import { describeValue, describeValueAtStart, unseenDifference } from '#wire/text/words.ts';
import type { Report } from '#wire/problem.ts';
import {
  allowedValuesOf,
  listValues,
  suggestValue,
  type AllowedValues,
} from '#config/check/values/labels/allowed-values.ts';
import { joinedLabels } from '#config/check/values/labels/joined-labels.ts';
import { isTrue, type Control } from '#config/label-config.ts';
import { readList } from './fields.ts';

/** Wording and severity for labels or choices. */
interface Wording {
  one: string;
  many: string;
  /** The editor rejects a second choice of a single Choices, but draws a region with two labels. */
  severalIs: 'error' | 'warning';
}

const label: Wording = { one: 'label', many: 'labels', severalIs: 'warning' };
const choice: Wording = { one: 'choice', many: 'choices', severalIs: 'error' };

/** Labels of a region, under the key of its control or under `labels`. */
export function checkLabels(value: JsonObject, key: string, control: Control, report: Report): void {
  checkSelected(value, key, control, allowedValuesOf(control), label, report);
}

/** Labels from another control: those of `<Labels>` on a `<VideoRectangle>`. */
export function checkOtherLabels(
  value: JsonObject,
  key: string,
  control: Control,
  accepted: AllowedValues,
  report: Report,
): void {
  checkSelected(value, key, control, accepted, label, report);
}

/** Choices without nesting. */
export function checkChoices(value: JsonObject, control: Control, report: Report): void {
  checkSelected(value, 'choices', control, allowedValuesOf(control), choice, report);
}

function checkSelected(
  value: JsonObject,
  key: string,
  control: Control,
  accepted: AllowedValues,
  kind: Wording,
  report: Report,
): void {
  const example = `["${accepted.names[0] ?? 'A'}"]`;
  const given = value[key];
  if (typeof given === 'string') {
    const fix = { path: [key], value: [given], words: `Use ["${given}"]` };
    report('error', 'value-not-a-list', `“${key}” must be a list such as ${example}, not text.`, [key], fix);
    return;
  }
  const selected = readList(value, key, example, report);
  if (selected === undefined) return;
  if (control.optionsFromTask) reportTaskOptions(key, control, report);
  const isOpen = control.optionsFromTask || accepted.names.length === 0;
  selected.forEach((pick, index) => {
    if (typeof pick !== 'string') {
      const message = `A ${kind.one} must be text in quotes, not ${describeValue(pick)}.`;
      report('error', `${kind.one}-not-text`, message, [key, index]);
    } else if (!isOpen && !accepted.results.has(pick)) {
      if (!reportJoined(selected, index, key, control, accepted, report))
        reportUnknown(pick, index, key, control, accepted, kind, report);
    }
  });
  checkCount(selected, key, control, kind, report);
}

/** The options depend on the task, which this check doesn’t read. */
export function reportTaskOptions(key: string, { name }: Control, report: Report): void {
  const message = `“${name}” takes its options from each task, so its values aren’t checked.`;
  report('info', 'options-from-task', message, [key]);
}

/** Reports a text that joins several choices; false if it isn’t one. */
function reportJoined(
  selected: Json[],
  index: number,
  key: string,
  control: Control,
  accepted: AllowedValues,
  report: Report,
): boolean {
  const pick = selected[index];
  if (key !== 'choices' || control.choice !== 'multiple' || typeof pick !== 'string') return false;
  const labels = joinedLabels(pick, accepted);
  if (labels === undefined) return false;
  const words = listValues(labels, 'and');
  const message = `${describeValueAtStart(pick)} joins several choices of “${control.name}” in one text. Did you mean ${words}?`;
  const fix = {
    path: [key],
    value: selected.toSpliced(index, 1, ...labels),
    words: `Use ${words}`,
    alike: 'Split joined choices',
  };
  report('error', 'choices-joined', message, [key, index], fix);
  return true;
}

/** The server stores it, but the editor shows no choice: seen on Label Studio 1.23.2. */
function reportUnknown(
  pick: string,
  index: number,
  key: string,
  control: Control,
  accepted: AllowedValues,
  kind: Wording,
  report: Report,
): void {
  const path = [key, index];
  const { words, fix } = suggestValue(pick, accepted, path);
  const isShownName = accepted.aliases.has(pick);
  const unseen = fix && unseenDifference(pick, fix.value as string);
  const cause = unseen === undefined ? '' : ` ${unseen}, so it`;
  const what = isShownName
    ? `${describeValue(pick)} is the display name of this ${kind.one}, but results contain its alias.`
    : `${describeValueAtStart(pick)}${cause} isn’t a ${kind.one} in “${control.name}”.`;
  report('error', `${kind.one}-unknown`, `${what} ${words}`, path, fix);
}

export function checkCount(
  selected: Json[],
  key: string,
  control: Control,
  kind: Wording,
  report: Report,
): void {
  if (selected.length === 0) {
    if (kind === label && isTrue(control.attributes, 'allowempty')) return;
    report('warning', `${kind.many}-empty`, `This list is empty, so no ${kind.one} will be shown.`, [key]);
  }
  if (control.choice === 'single' && selected.length > 1) {
    const message = `“${control.name}” accepts one ${kind.one}, but there are ${selected.length}. Keep one.`;
    report(kind.severalIs, `${kind.many}-several`, message, [key]);
  }
  if (selected.length < 2) return;
  const seen = new Set<string>();
  selected.forEach((pick, index) => {
    const text = JSON.stringify(pick);
    if (seen.has(text))
      report('warning', `${kind.one}-twice`, `This ${kind.one} is listed twice.`, [key, index]);
    seen.add(text);
  });
}

export const wordings = { label, choice };
