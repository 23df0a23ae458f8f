import type { JsonObject } from '#wire/json/json.ts';
import { describeValue, closestName, shorten, describeValueAtStart } from '#wire/text/words.ts';
import type { Report } from '#wire/problem.ts';
import { allowedNames, listValues, suggestValue } from '#config/check/values/labels/allowed-values.ts';
import { findControl } from '#config/find-control.ts';
import type { Control, LabelConfig } from '#config/label-config.ts';
import type { Tag } from '#config/control-tags.ts';

/** Finds the control of a region, or reports why there is none. */
export function namedControl(region: JsonObject, config: LabelConfig, report: Report): Control | undefined {
  const { from_name: name, type } = region;
  if (typeof name === 'string' && name !== '') {
    const control = findControl(config, name);
    if (control?.indexFlag !== undefined && name.includes(control.indexFlag)) {
      const example = name.replaceAll(control.indexFlag, '0');
      const message = `“${control.name}” is repeated, so results contain an index. Use ${describeValue(example)} for the first one.`;
      report('error', 'from-name-without-index', message, ['from_name']);
    }
    if (control !== undefined) return control;
    const { words, fix } = suggestValue(name, allowedNames([...config.controls.keys()]), ['from_name']);
    report(
      'error',
      'from-name-unknown',
      `The config has no control named ${describeValue(name)}. ${words}`,
      ['from_name'],
      fix,
    );
    return undefined;
  }
  const [only, ...others] = [...config.controls.values()].filter(
    (control) => type === undefined || control.type === type,
  );
  const fix =
    only === undefined || others.length > 0
      ? undefined
      : { path: ['from_name'], value: only.name, words: `Use “${only.name}”` };
  if (name === undefined) {
    const message = `“from_name” is missing, so the editor won’t show this region. Accepted: ${listValues([...config.controls.keys()])}.`;
    report('error', 'from-name-missing', message, [], fix);
  } else {
    report(
      'error',
      'from-name-not-text',
      `“from_name” must be the name of a control in quotes, not ${describeValue(name)}.`,
      ['from_name'],
      fix,
    );
  }
  return undefined;
}

/** The server stores wrong names, and then refuses edits of the config: HumanSignal/label-studio issues 1340, 5528. */
export function checkTarget(region: JsonObject, control: Control, config: LabelConfig, report: Report): void {
  const { to_name: name } = region;
  const { toName } = control;
  if (toName.length === 0 || (typeof name === 'string' && toName.includes(name))) return;
  const [only] = toName;
  const fix =
    toName.length === 1
      ? { path: ['to_name'], value: only!, words: `Use “${shorten(only!, 40)}”` }
      : undefined;
  if (name === undefined) {
    report(
      'error',
      'to-name-missing',
      `“to_name” is missing. “${control.name}” applies to ${listValues(toName)}.`,
      [],
      fix,
    );
  } else if (typeof name !== 'string') {
    report(
      'error',
      'to-name-not-text',
      `“to_name” must be the name of an object in quotes, not ${describeValue(name)}.`,
      ['to_name'],
      fix,
    );
  } else {
    const near = closestName(name, toName);
    const meant =
      near === undefined ? fix : { path: ['to_name'], value: near, words: `Use “${shorten(near, 40)}”` };
    const isPairwise = control.tag === 'Pairwise' && config.objects.has(name);
    if (isPairwise) {
      // The editor writes the control's name; the SDK expects one of the two objects.
      report(
        'warning',
        'to-name-not-its-own',
        `A Pairwise region points to its own control. Use ${describeValue(control.name)}, as the editor does.`,
        ['to_name'],
        meant,
      );
      return;
    }
    const what = config.objects.has(name)
      ? `“${control.name}” doesn’t apply to ${describeValue(name)}`
      : `The config has no object named ${describeValue(name)}`;
    report(
      'error',
      'to-name-unknown',
      `${what}. ${near === undefined ? `Accepted: ${listValues(toName)}.` : `Did you mean ${describeValue(near)}?`}`,
      ['to_name'],
      meant,
    );
  }
}

/** The editor throws unless it is lower case: seen on Label Studio 1.23.2. */
export function checkType(region: JsonObject, control: Control, tag: Tag, report: Report): void {
  const { type } = region;
  if (type === tag.type) return;
  const fix = { path: ['type'], value: tag.type, words: `Use “${tag.type}”` };
  if (type === undefined) {
    report(
      'error',
      'type-missing',
      `“type” is missing. For “${control.name}”, use ${describeValue(tag.type)}.`,
      [],
      fix,
    );
  } else if (typeof type !== 'string') {
    report(
      'error',
      'type-not-text',
      `“type” must be a name in quotes, not ${describeValue(type)}.`,
      ['type'],
      fix,
    );
  } else {
    report(
      'error',
      'type-wrong',
      `${describeValueAtStart(type)} isn’t the type of “${control.name}”. Use ${describeValue(tag.type)}.`,
      ['type'],
      fix,
    );
  }
}
