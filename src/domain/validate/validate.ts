import { isId, checkFields } from '#wire/bulk-request.ts';
import { isJsonObject, type Json } from '#wire/json.ts';
import { describeValue } from '#wire/words.ts';
import type { Path, Problem } from '#wire/problem.ts';
import type { ConfigOf } from '#domain/requests/known-config.ts';
import type { Entries } from '#domain/requests/entries.ts';
import { ValidRowCounter } from './valid-row-counter.ts';
import type { ProblemList, RepeatedProblem } from '#domain/problems/problem-list.ts';
import { checkRequest } from './check-request.ts';
import { RareLabels, type LabelUse } from './rare-labels.ts';
import { sayRepeats } from './duplicates.ts';
import { roundedFrom } from '#domain/requests/task-ids.ts';

/** What a check found besides problems. */
export interface Validation {
  /** What could not be checked, and why: whole sentences without their full stops. */
  notChecked: string[];
  /** How many rows the entries without errors make. */
  rows: number;
}

/** What is known of all entries of one template. */
interface TemplateVerdict {
  repeated: RepeatedProblem[];
  isOneTask: boolean;
  /** The tasks that the request lists, where it does not name one by `task`. */
  ids: readonly Json[];
  idsPath: Path;
  uses: LabelUse[];
  uniqueId: string | undefined;
}

/**
 * Checks all requests: each by itself (`check-request.ts`), once for all that are made alike, then what requests mean for each other;
 * `word` is what one of them is called. Adds to `findings`, in the order of the entries.
 */
export function validate(
  entries: Entries,
  findings: ProblemList,
  configOf?: ConfigOf,
  word: 'request' | 'row' = 'request',
): Validation {
  const labels = new RareLabels();
  const reasons = new Set<string>();
  const saidOnce = new Set<string>();
  const verdicts: TemplateVerdict[] = [];
  const { templates, tasks, length } = entries;
  const fine = new ValidRowCounter(entries);
  const oddTasks = new OddTasks(entries, findings, fine);
  /** Whether something was wrong with the writing of entries; mostly there is nothing, and then none is looked at. */
  const hasRefused = findings.entryErrors.entries > 0;
  const wasRefused = (entry: number) => hasRefused && findings.entryErrors.at(entry) > 0;

  function judgeTemplate(template: number): TemplateVerdict {
    const isOneTask = entries.namesOneTask(template);
    const first = entries.firsts[template]!;
    const value = entries.at(first);
    // Each entry's own task is looked at by itself.
    const judged = isOneTask && isJsonObject(value) ? { ...value, task: 1 } : value;
    const { problems, once, target, whyNotChecked } = checkRequest(judged, configOf);
    if (whyNotChecked !== undefined) reasons.add(whyNotChecked);
    const request = isJsonObject(value) ? value : {};
    const uniqueId = request['unique_id'];
    const repeated = problems.map((problem): RepeatedProblem => ({ problem }));
    for (const problem of once) {
      if (!saidOnce.has(problem.message)) findings.add({ ...problem, entry: first });
      saidOnce.add(problem.message);
    }
    if (entries.isSilent?.(value)) repeated.push({ problem: silence });
    const verdict: TemplateVerdict = {
      repeated,
      isOneTask,
      ids: target?.kind === 'tasks' && !isOneTask ? target.ids : [],
      idsPath: target?.kind === 'tasks' ? target.path : [],
      uses: labels.usesIn(request['result']),
      uniqueId: typeof uniqueId === 'string' ? uniqueId : undefined,
    };
    if (isOneTask && repeated.length === 0 && !hasRefused) fine.setPlain(template);
    verdicts[template] = verdict;
    return verdict;
  }

  function look(entry: number): void {
    const template = templates[entry]!;
    const errorsBefore = findings.errors;
    const verdict = verdicts[template] ?? judgeTemplate(template);
    // What could not be read at all was said already.
    if (!verdict.isOneTask && wasRefused(entry) && entries.at(entry) === null) return;
    const task = tasks[entry]!;
    if (verdict.isOneTask && !(task > 0 && task < roundedFrom)) oddTasks.look(entry, task);
    for (let index = 0; index < verdict.repeated.length; index += 1)
      findings.addRepeated(verdict.repeated[index]!, entry);
    if (verdict.ids.length > 0) sayRounded(verdict.ids, verdict.idsPath, entry, findings);
    if (findings.errors > errorsBefore || wasRefused(entry)) return;
    fine.add(template, entry, verdict.isOneTask ? 1 : verdict.ids.length);
  }

  for (let entry = 0; entry < length;) {
    look(entry);
    entry = fine.addPlain(oddTasks.refuseTooLarge(entry + 1));
  }
  const made = fine.list();
  for (const { template, first, rows } of made)
    labels.count(verdicts[template]!.uses, first, Math.max(1, rows));
  labels.finish((entry, message, path) => {
    findings.add({ severity: 'info', code: 'label-used-once', message, entry, path });
  });
  sayRepeats(entries, (template) => verdicts[template]!, findings, word);
  return { notChecked: [...reasons], rows: made.reduce((sum, { rows }) => sum + rows, 0) };
}

/** Of a row whose cells say nothing. */
const silence: Problem = {
  code: 'row-says-nothing',
  severity: 'warning',
  message: 'Nothing is said about this task. It would get an annotation that is finished and empty.',
  path: [],
};

/** Looks at tasks that are no ids, or have more digits than a spreadsheet keeps. */
class OddTasks {
  private readonly entries: Entries;
  private readonly findings: ProblemList;
  private readonly fine: ValidRowCounter;
  /** The first one that was too large, for all others of its kind. */
  private tooLarge: RepeatedProblem | undefined;

  constructor(entries: Entries, findings: ProblemList, fine: ValidRowCounter) {
    this.entries = entries;
    this.findings = findings;
    this.fine = fine;
  }

  look(entry: number, id: number): void {
    const { findings } = this;
    if (isId(id)) return sayRounded([id], ['task'], entry, findings);
    const isTooLarge = id > Number.MAX_SAFE_INTEGER;
    // Beyond those that are listed, one is like the other but for its digits, which are not told.
    if (isTooLarge && this.tooLarge && !findings.hasRoom('error'))
      return findings.addRepeated(this.tooLarge, entry);
    checkFields({ task: this.entries.taskAt(entry) }, (severity, code, message, path) => {
      const repeated: RepeatedProblem = { problem: { severity, code, message, path } };
      findings.addRepeated(repeated, entry);
      if (isTooLarge) this.tooLarge = repeated;
    });
  }

  /**
   * Says of the entries from one on that their tasks are too large, for as long as nothing else is to be said of them, and no
   * more are listed. Gives the first other entry.
   */
  refuseTooLarge(from: number): number {
    if (this.tooLarge === undefined || this.findings.hasRoom('error')) return from;
    const to = this.fine.behindTooLarge(from);
    this.findings.addRepeatedly(this.tooLarge, from, to);
    return to;
  }
}

/** A spreadsheet keeps fifteen digits of a number and writes zeros for the others. Said once a request. */
function sayRounded(ids: readonly Json[], path: Path, entry: number, findings: ProblemList): void {
  const index = ids.findIndex((id) => typeof id === 'number' && id >= roundedFrom && id % 10 === 0);
  if (index < 0) return;
  const message =
    `${describeValue(ids[index]!)} has more than 15 digits and ends in 0, as if a spreadsheet had rounded it. ` +
    'Compare it with the id in Label Studio.';
  const place = path.at(-1) === 'task' ? path : [...path, index];
  findings.add({
    severity: 'warning',
    code: 'task-id-looks-rounded',
    message,
    entry,
    path: place,
  });
}
