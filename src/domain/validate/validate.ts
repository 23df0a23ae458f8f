import { isId, checkFields } from '#wire/bulk-request.ts';
import { isJsonObject, type Json } from '#wire/json/json.ts';
import { describeValue } from '#wire/text/words.ts';
import type { Path, Problem } from '#wire/problem.ts';
import type { LabelConfig } from '#config/label-config.ts';
import { keepCodeOf } from '#wire/keep-code.ts';
import type { ConfigOf, KnownConfig, UnknownConfig } from '#domain/requests/known-config.ts';
import { entriesOf, type Entries, type RequestCheck } from '#domain/requests/entries.ts';
import { RowCounter } from './row-counter.ts';
import { ProblemList, repeatedProblem, type RepeatedProblem } from '#domain/problems/problem-list.ts';
import {
  unknownTask,
  unknownTasks,
  type KnownTasks,
  type TasksOf,
  type UnknownTasks,
} from '#domain/match/tasks-of.ts';
import { limits } from '#wire/limits.ts';
import { checkRequest } from './check-request.ts';
import { RareLabels, type PlacedLabel } from './rare-labels.ts';
import { Fractions } from './fractions.ts';
import { reportDuplicates } from './duplicates.ts';
import { checkWithTasks, usesTask, valuesIn, type TaskValue } from './task-check.ts';
import { roundedFrom } from '#domain/requests/task-ids.ts';

/** The results of validation besides problems. */
export interface Validation {
  /** What wasn’t checked and why: sentences without their full stop. */
  notChecked: string[];
  /** Rows of the entries without errors. */
  rows: number;
}

/** The result of checking one template. */
interface TemplateVerdict {
  repeated: RepeatedProblem[];
  /** Set if the problems of its entries quote different values. */
  problemsOf: ((entry: number) => Problem[]) | undefined;
  isOneTask: boolean;
  /** The task IDs of a request without a single `task`. */
  ids: readonly Json[];
  idsPath: Path;
  /** The tasks of its project; undefined if unknown. */
  known: KnownTasks | undefined;
  uses: PlacedLabel[];
  /** Set if its entries can be compared with their tasks. */
  config: LabelConfig | undefined;
  uniqueId: string | undefined;
}

/**
 * Checks all requests: each on its own (`check-request.ts`), once per template, then duplicates between requests. Task
 * IDs are compared with the known tasks of `tasksOf`. Adds problems to `findings` in entry order; `word` names a request.
 */
export function validate(
  entries: Entries,
  findings: ProblemList,
  configOf?: ConfigOf,
  word: 'request' | 'row' = 'request',
  tasksOf?: TasksOf,
): Validation {
  const labels = new RareLabels();
  const fractions = new Fractions(configOf);
  const reasons = new Set<string>();
  const reportedOnce = new Set<string>();
  const verdicts: TemplateVerdict[] = [];
  const emptyRow = repeatedProblem(rowEmpty);
  const { templates, tasks, length } = entries;
  const rowCounts = new RowCounter(entries, findings);
  const taskIdChecks = new TaskIdChecks(entries, findings, rowCounts);
  /** True if any entry has a syntax error; usually none has. */
  const hasRefused = findings.entryErrors.entries > 0;
  const wasRefused = (entry: number) => hasRefused && findings.entryErrors.at(entry) > 0;

  function checkTemplate(template: number): TemplateVerdict {
    const isOneTask = entries.namesOneTask(template);
    const first = entries.firsts[template]!;
    const value = entries.at(first);
    fractions.see(value);
    const { problems, once, target, whyNotChecked } =
      entries.checkOf?.(template) ?? checkAlone(value, isOneTask);
    if (whyNotChecked !== undefined) reasons.add(whyNotChecked);
    const request = isJsonObject(value) ? value : {};
    const uniqueId = request['unique_id'];
    const known = knownTasks(tasksOf?.(request));
    const mayCompare = known !== undefined || entries.taskData !== undefined;
    const config = mayCompare ? configOf?.(request).config : undefined;
    const repeated = problems.map(repeatedProblem);
    for (const problem of once) {
      if (!reportedOnce.has(problem.message)) findings.add({ ...problem, entry: first });
      reportedOnce.add(problem.message);
    }
    for (const problem of problemsBeside(first, value, problems)) repeated.push(repeatedProblem(problem));
    const verdict: TemplateVerdict = {
      repeated,
      problemsOf: problemsOf(template, repeated),
      isOneTask,
      ids: target?.kind === 'tasks' && !isOneTask ? target.ids : [],
      idsPath: target?.kind === 'tasks' ? target.path : [],
      known,
      config: usesTask(config, request['result']) ? config : undefined,
      uses: entries.countsLabels?.(template) ? [] : labels.usesIn(request['result']),
      uniqueId: typeof uniqueId === 'string' ? uniqueId : undefined,
    };
    verdicts[template] = verdict;
    return verdict;
  }

  /** True if its entries have no problems but those of the template and of an unusual task ID. */
  function hasNoOtherProblems({ isOneTask, known, config }: TemplateVerdict): boolean {
    return isOneTask && !hasRefused && known === undefined && config === undefined;
  }

  function checkEntry(entry: number): void {
    const template = templates[entry]!;
    const errorsBefore = findings.errors;
    const verdict = verdicts[template] ?? checkTemplate(template);
    // Its syntax error was reported by the parser.
    if (!verdict.isOneTask && wasRefused(entry) && entries.at(entry) === null) return;
    const task = tasks[entry]!;
    if (verdict.isOneTask && task === 0 && isEmptyRow(entry)) return findings.addRepeated(emptyRow, entry);
    if (verdict.isOneTask && !(task > 0 && task < roundedFrom)) taskIdChecks.checkEntry(entry, task);
    if (verdict.known !== undefined) taskIdChecks.checkKnown(entry, verdict);
    if (verdict.config !== undefined) compareWithTasks(verdict, entry);
    const { problemsOf: compose } = verdict;
    if (compose !== undefined && findings.hasRoomForAny(verdict.repeated))
      for (const problem of compose(entry)) findings.add({ ...problem, entry });
    else if (compose !== undefined) findings.addUnworded(verdict.repeated, entry, entries.firsts[template]!);
    else
      for (let index = 0; index < verdict.repeated.length; index += 1)
        findings.addRepeated(verdict.repeated[index]!, entry);
    if (hasNoOtherProblems(verdict) && findings.areOnlyCounted(verdict.repeated))
      rowCounts.setProblems(template, verdict.repeated);
    if (verdict.ids.length > 0) warnIfRounded(verdict.ids, verdict.idsPath, entry, findings);
    if (findings.errors > errorsBefore || wasRefused(entry)) return;
    rowCounts.add(template, entry, verdict.isOneTask ? 1 : verdict.ids.length);
  }

  /** True for a row such as spreadsheets leave at the end of a table. */
  function isEmptyRow(entry: number): boolean {
    const task = entries.taskAt(entry);
    const isWithoutTask =
      task === undefined || task === null || (typeof task === 'string' && task.trim() === '');
    return isWithoutTask && entries.isSilent?.(entries.at(entry)) === true;
  }

  /** Compares an entry with its task’s data, if known: from the project, else from the source. */
  function compareWithTasks({ config, known, isOneTask, ids }: TemplateVerdict, entry: number): void {
    const value = entries.at(entry);
    if (!isJsonObject(value)) return;
    const own = entries.taskData?.(entry);
    const valuesOf = (id: Json): TaskValue | undefined => {
      const found = known === undefined || typeof id !== 'number' ? undefined : valuesIn(known.tasks, id);
      return found ?? (own && ((field) => own[field]));
    };
    const asked = isOneTask ? [tasks[entry]!] : ids;
    for (const problem of checkWithTasks(config!, value['result'], asked.map(valuesOf)))
      findings.add({ ...problem, entry });
  }

  /** Composes the problems of a template’s entries, if they differ. */
  function problemsOf(template: number, repeated: readonly RepeatedProblem[]) {
    if (entries.varies?.(template) !== true) return undefined;
    const ofFirst = repeated.map(({ problem }) => problem);
    return entries.problemsOf?.(template, ofFirst) ?? check;
  }

  function check(entry: number): Problem[] {
    const value = entries.at(entry);
    const isOneTask = entries.namesOneTask(templates[entry]!);
    const { problems } = checkAlone(value, isOneTask);
    return [...problems, ...problemsBeside(entry, value, problems)];
  }

  function checkAlone(value: Json, isOneTask: boolean): RequestCheck {
    const checked = checkRequest(withRightTask(value, isOneTask), configOf);
    const isRow = entries.isSilent !== undefined;
    return isRow && isJsonObject(value) ? inWordsOfRows(checked, configOf?.(value)) : checked;
  }

  /** Problems of a row besides those of its request. With an error, no empty annotation would be created. */
  function problemsBeside(entry: number, value: Json, ofRequest: readonly Problem[]): readonly Problem[] {
    const ofCells = entries.cellProblems?.(entry) ?? [];
    const isRefused = [...ofRequest, ...ofCells].some(({ severity }) => severity === 'error');
    return entries.isSilent?.(value) && !isRefused ? [emptyAnnotation, ...ofCells] : ofCells;
  }

  for (let entry = 0; entry < length;) {
    checkEntry(entry);
    entry = rowCounts.addRun(taskIdChecks.refuseTooLarge(entry + 1));
  }
  const made = rowCounts.finish();
  for (const { template, first, rows } of made)
    labels.count(verdicts[template]!.uses, first, Math.max(1, rows));
  for (const use of entries.labelUses?.(findings.entryErrors) ?? []) labels.countUse(use, entries);
  labels.finish((entry, message, path) => {
    findings.add({ severity: 'info', code: 'label-used-once', message, entry, path });
  });
  fractions.report(entries, findings);
  reportDuplicates(entries, (template) => verdicts[template]!, findings, word);
  return { notChecked: [...reasons], rows: made.reduce((sum, { rows }) => sum + rows, 0) };
}

const knownTasks = (known: KnownTasks | UnknownTasks | undefined): KnownTasks | undefined =>
  known?.tasks === undefined ? undefined : known;

/** Task IDs are checked separately for each entry. */
const withRightTask = (value: Json, isOneTask: boolean): Json =>
  isOneTask && isJsonObject(value) ? { ...value, task: 1 } : value;

const emptyAnnotation: Problem = {
  code: 'row-says-nothing',
  severity: 'warning',
  message: 'This row has no labels; it would create an empty submitted annotation.',
  path: [],
};

const unlabelledRow: Problem = {
  code: 'result-left-out',
  severity: 'warning',
  message:
    'This row is neither labelled nor skipped, so its task won’t count as completed. Label it, skip it or delete it.',
  path: [],
};

/** Rows have no `result` to add. Before a config is known, nothing is known of their labels. */
function inWordsOfRows(checked: RequestCheck, known: KnownConfig | UnknownConfig | undefined): RequestCheck {
  const { problems } = checked;
  const index = problems.findIndex(({ code }) => code === unlabelledRow.code);
  if (index < 0) return checked;
  return known?.config === undefined
    ? { ...checked, problems: problems.toSpliced(index, 1), whyNotChecked: known?.why }
    : { ...checked, problems: problems.with(index, unlabelledRow) };
}

const rowEmpty: Problem = {
  code: 'row-empty',
  severity: 'error',
  message: 'This row has neither a task nor labels. Delete it, or fill it in.',
  path: [],
};

/** Checks for task IDs that are invalid, or have more digits than a spreadsheet keeps. */
class TaskIdChecks {
  private readonly entries: Entries;
  private readonly findings: ProblemList;
  private readonly rowCounts: RowCounter;
  /** The problem of the first ID that is too large, reused for the others. */
  private tooLarge: RepeatedProblem | undefined;
  /** The problem of the last task outside its project. */
  private unknown: RepeatedProblem | undefined;

  constructor(entries: Entries, findings: ProblemList, rowCounts: RowCounter) {
    this.entries = entries;
    this.findings = findings;
    this.rowCounts = rowCounts;
  }

  /** Reports IDs that aren’t tasks of the project. */
  checkKnown(entry: number, { known, isOneTask, ids, idsPath }: TemplateVerdict): void {
    const { entries, findings } = this;
    const task = entries.tasks[entry]!;
    if (isOneTask) {
      if (!isId(task) || known!.tasks.has(task)) return;
      return this.addUnknown(known!, task, entry, ['task']);
    }
    let unknown = 0;
    ids.forEach((id, index) => {
      if (!isId(id) || known!.tasks.has(id)) return;
      unknown += 1;
      if (unknown <= limits.rowProblems)
        this.addUnknown(known!, id, entry, idsPath.at(-1) === 'task' ? idsPath : [...idsPath, index]);
    });
    const more = unknown - limits.rowProblems;
    if (more > 0) findings.add({ ...unknownTasks(known!, more), entry, path: idsPath });
  }

  /** Only the count matters beyond the listed problems. */
  private addUnknown(known: KnownTasks, id: number, entry: number, path: Path): void {
    const { findings } = this;
    if (this.unknown === undefined || findings.hasRoom('error')) {
      this.unknown = repeatedProblem({ ...unknownTask(known, id), path });
      findings.addRepeated(this.unknown, entry);
    } else findings.addUnworded([this.unknown], entry, entry);
  }

  checkEntry(entry: number, id: number): void {
    const { findings } = this;
    const unmatched = id === 0 ? this.entries.taskProblem?.(entry) : undefined;
    if (unmatched !== undefined) return void findings.add({ ...unmatched, entry });
    if (isId(id)) return warnIfRounded([id], ['task'], entry, findings);
    const isTooLarge = id > Number.MAX_SAFE_INTEGER;
    // Only the count matters beyond the listed problems, so the message is reused.
    if (isTooLarge && this.tooLarge && !findings.hasRoom('error'))
      return findings.addRepeated(this.tooLarge, entry);
    checkFields({ task: this.entries.taskAt(entry) }, (severity, code, message, path, fix) => {
      const problem: Problem = { severity, code, message, path, ...(fix !== undefined && { fix }) };
      const repeated = repeatedProblem(problem);
      findings.addRepeated(repeated, entry);
      if (isTooLarge) this.tooLarge = repeated;
    });
  }

  /**
   * Counts consecutive entries whose only problem is a task id that is too large, once no more are listed. Gives the first
   * other entry.
   */
  refuseTooLarge(from: number): number {
    if (this.tooLarge === undefined || this.findings.hasRoom('error')) return from;
    const to = this.rowCounts.endOfTooLarge(from);
    this.findings.addRepeatedly(this.tooLarge, from, to);
    return to;
  }
}

/** Spreadsheets keep 15 digits of a number and fill up with zeros. Reported once per request. */
function warnIfRounded(ids: readonly Json[], path: Path, entry: number, findings: ProblemList): void {
  const index = ids.findIndex((id) => typeof id === 'number' && id >= roundedFrom && id % 10 === 0);
  if (index < 0) return;
  const message =
    `${describeValue(ids[index]!)} has more than 15 digits and ends in 0, so a spreadsheet may have rounded it. ` +
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

const noEntries = entriesOf([]);
const noProblems = new ProblemList(0);
const noRows = new RowCounter(noEntries, noProblems);
noRows.setProblems(0, []);
keepCodeOf(noRows, new TaskIdChecks(noEntries, noProblems, noRows));
