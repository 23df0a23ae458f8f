import type { JsonObject } from '#wire/json/json.ts';
import type { Report } from '#wire/problem.ts';
import { capital, describeValueAtStart } from '#wire/text/words.ts';
import type { Control } from '#config/label-config.ts';
import { listValues } from '#config/check/values/labels/allowed-values.ts';
import { checkNumber, objectsOf, readText } from './fields.ts';

/** The roles that https://labelstud.io/tags/chat names. */
const roles = ['user', 'assistant', 'system', 'tool', 'developer'];

export function chat(value: JsonObject, _control: Control, report: Report): void {
  const example = '{"role": "user", "content": "…"}';
  const given = value['chatmessage'];
  if (given === undefined) {
    report('error', 'value-key-missing', `“chatmessage” is missing. Use an object such as ${example}.`, []);
    return;
  }
  for (const [message] of objectsOf([given], 'chatmessage', example, (severity, code, words) =>
    report(severity, code, words, ['chatmessage']),
  )) {
    const inside: Report = (severity, code, words, path, fix) =>
      report(
        severity,
        code,
        words,
        ['chatmessage', ...path],
        fix && { ...fix, path: ['chatmessage', ...fix.path] },
      );
    const role = readText(message, 'role', `Use ${listValues(roles)}.`, inside);
    readText(message, 'content', 'Use the text of the message.', inside);
    if (role !== undefined && !roles.includes(role)) {
      inside(
        'warning',
        'role-unknown',
        `${describeValueAtStart(role)} isn’t a documented chat role. Use ${listValues(roles)}.`,
        ['role'],
      );
    }
    const createdAt = message['createdAt'];
    if (createdAt !== undefined && createdAt !== null)
      checkNumber(createdAt, ['createdAt'], capital('“createdAt”'), { min: 0 }, inside);
  }
}
