import { readJson, type JsonObject } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import { shortPath, type Path } from '#wire/problem.ts';
import type { ConfigOf } from '#domain/requests/known-config.ts';
import { entriesOf } from '#domain/requests/entries.ts';
import { ProblemList } from '#domain/problems/problem-list.ts';
import { readForm, type FieldProblem } from './read-form.ts';
import type { FormValues } from './form-values.ts';
import { formFields } from './entry-to-form.ts';
import { targetFields } from '#domain/requests/target.ts';
import { validate } from '#domain/validate/validate.ts';

const fieldOf = new Map<string | number, string>([
  ...Object.entries({ ...formFields.numbers, ...formFields.texts, ...formFields.choices }),
  ...targetFields.map((name): [string, string] => [name, 'taskIds']),
]);

/** Checks the form by the same rules and with the same messages as the editor. */
export function checkForm(values: FormValues, configOf?: ConfigOf): FieldProblem[] {
  const { members, problems } = readForm(values);
  const unsaved = new Set(problems.map(({ field }) => field));
  const findings = new ProblemList(limits.rowProblems);

  const entry: JsonObject = {};
  for (const [name, json] of members) {
    const { value, problems } = readJson(json);
    for (const { code, message, path } of problems) {
      findings.add({ code, severity: 'error', message, entry: 0, path: [name, ...path] });
    }
    Object.defineProperty(entry, name, {
      value: value ?? null,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
  validate(entriesOf([entry]), findings, configOf);

  const found = findings
    .list()
    .map(({ code, severity, message, path, control }) => {
      const field = control === undefined ? fieldAt(path, code, values) : `answers.${control}`;
      return { code, severity, message, path: shortPath(path), field };
    })
    // Problems of drafts come first; their values aren’t in the request, so no other problem of these fields is known.
    .filter(({ field }) => !unsaved.has(field));
  return [...problems, ...found];
}

function fieldAt(path: Path, code: string, { result }: FormValues): string {
  const [name, index] = path;
  if (name === undefined)
    return code === 'no-target' ? 'taskIds' : code === 'result-left-out' ? 'hasResult' : '';
  if (name !== 'result') return fieldOf.get(name) ?? '';
  if (typeof index !== 'number') return 'result';
  const answer = result[index]?.answer;
  return answer === undefined ? `result.${index}.json` : `answers.${answer.control}`;
}
