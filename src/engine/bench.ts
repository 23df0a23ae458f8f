import { labelsOf, type NamedLabel } from '#config/labels.ts';
import type { LabelConfig } from '#config/label-config.ts';
import { answerForm, type AnswerForm } from '#domain/answer-inputs.ts';
import { hiddenInputs, shareOut } from '#domain/answers.ts';
import { checkForm } from '#domain/check-form.ts';
import { check, rowsOf, type Checkup } from '#domain/check.ts';
import type { ConfigOf } from '#domain/config-of.ts';
import { summariseEntries } from '#domain/summary.ts';
import { applyFixes, findAlike } from '#domain/fix.ts';
import type { PlacedProblem } from '#domain/problem.ts';
import { viewRepair, type Repair } from '#domain/repair-view.ts';
import type { Source } from '#domain/rest.ts';
import {
  headOfGrid,
  readGridRows,
  rowsWithProblems,
  writeCell,
  type GridHead,
  type GridRow,
} from '#domain/source/grid.ts';
import type { ReadingChoice } from '#domain/source/reading.ts';
import { SourceText } from '#domain/source-text.ts';
import { readValues, type ColumnValues } from '#domain/source/value-reading.ts';
import { addEntry, duplicateEntry, readEntry, removeEntry, writeEntry } from '#domain/edit.ts';
import type { Checked } from '#domain/checked.ts';
import type { FormValues } from '#domain/form-values.ts';
import { isId } from '#wire/bulk-request.ts';
import type { Outcome } from '#wire/failure.ts';
import { count } from '#wire/words.ts';
import { isJsonObject, readJson, writeJson, type Json } from '#wire/json.ts';
import type { AnswersOfProject, EntryInForm, EntryVerdict, WrittenCell } from './engine.ts';
import type { ProjectConfigs } from './project-configs.ts';

/** The batch on the workbench: one text, what its check found, and the form's ways of reading and changing it. */
export class Bench {
  text = '';
  /** The same as it is read. */
  private bytes = SourceText.of('');
  checkup: Checkup = check(SourceText.of(''));
  projectId: number | undefined;
  choice: ReadingChoice = {};
  /** Undefined while nobody is signed in. */
  configs: ProjectConfigs | undefined;
  /** The projects that the last check wanted to know about. */
  private readonly wanted = new Set<number>();
  private readonly forms = new WeakMap<LabelConfig, AnswerForm>();

  check(text: string): Checked {
    this.text = text;
    this.wanted.clear();
    this.bytes = SourceText.of(text);
    this.checkup = check(this.bytes, this.configOf, this.choice);
    return this.checkup.checked;
  }

  /** The same, and once more where configs had to be read for it. Of two calls the later one wins. */
  async checkWithConfigs(text: string): Promise<Checked> {
    const checked = this.check(text);
    const isNews = await this.configs?.load(this.wanted);
    if (this.text !== text) return this.checkup.checked;
    return isNews ? this.check(text) : checked;
  }

  readonly configOf: ConfigOf = ({ project }) => {
    const id = this.projectOf(project);
    if (!isId(id)) return { why: 'No project is chosen, so labels are not checked' };
    if (!this.configs) return { why: 'Not connected to a server, so labels are not checked' };
    this.wanted.add(id);
    return this.configs.of(id);
  };

  /** The batch as checked last, with what it was checked against, whatever the workbench holds later. */
  source(): Source {
    const { bytes: text, checkup, configs, projectId } = this;
    const { parsed, findings } = checkup;
    return {
      text,
      parsed,
      entryErrors: findings.entryErrors,
      configOf: ({ project }) => {
        const id = project ?? projectId ?? null;
        return configs && isId(id) ? configs.of(id) : { why: 'It is not known any more' };
      },
    };
  }

  /** What has mistakes is left out only where somebody said so, and never a part of what cannot be read as a whole. */
  whyNoPlan(leaveOut: boolean): Outcome<never> | undefined {
    const { errors, sourceErrors, shape } = this.checkup.checked;
    if (shape !== 'unreadable' && (errors === 0 || (leaveOut && sourceErrors === 0))) return undefined;
    const message = `The batch has ${count(errors, 'mistake')}.`;
    const wayOut = 'Mend them in Compose.';
    return {
      ok: false,
      failure: { kind: 'input', reason: 'mistakes', message, wayOut, fromLabelStudio: false },
    };
  }

  rows() {
    return rowsOf(this.checkup);
  }

  summaries(from: number, to: number) {
    return summariseEntries(this.checkup.parsed.entries, this.checkup.findings, from, to);
  }

  gridHead(): GridHead {
    const { grid } = this.checkup.parsed;
    return grid ? headOfGrid(grid, this.configOf({}).config) : { rows: 0, options: [] };
  }

  gridRows(rows: readonly number[]): GridRow[] {
    const { parsed, findings } = this.checkup;
    const { grid, entries } = parsed;
    return grid ? readGridRows(grid, { entries, findings, configOf: this.configOf }, rows) : [];
  }

  columnValues(): ColumnValues[] {
    const { grid } = this.checkup.parsed;
    return grid ? readValues(grid, this.configOf({}).config, this.choice.values) : [];
  }

  labels(control: string): NamedLabel[] {
    const known = this.configOf({}).config?.controls.get(control);
    return known ? labelsOf(known) : [];
  }

  rowsWithProblems(): Uint32Array {
    return rowsWithProblems(this.checkup.findings);
  }

  writeCell(row: number, column: number, words: string): WrittenCell {
    const { grid } = this.checkup.parsed;
    if (!grid) return { text: this.text };
    const written = writeCell(this.bytes, grid, row, column, words);
    const before = this.readAs();
    const text = this.changed(written.text.toString());
    return { ...written, text, isReadOtherwise: before !== this.readAs() };
  }

  /** How the text is read, as words to be compared. */
  private readAs(): string {
    const { shape, reading } = this.checkup.parsed;
    return JSON.stringify([
      shape,
      reading?.dialect,
      reading?.columns.map(({ name, target }) => [name, target]),
    ]);
  }

  read(entry: number): EntryInForm | undefined {
    const { parsed } = this.checkup;
    const request = parsed.entries.at(entry);
    if (!isJsonObject(request)) return undefined;
    const answers = this.answersOf(request['project']);
    const values = readEntry(this.text, parsed, entry, answers.inputs);
    return values && { values, answers };
  }

  readAnswers(values: FormValues): EntryInForm {
    const answers = this.answersOf(projectIn(values));
    return { values: { ...values, result: shareOut(values.result, answers.inputs) }, answers };
  }

  judge(values: FormValues): EntryVerdict {
    const project = projectIn(values);
    const { config } = this.configOf({ project });
    const { key, inputs } = this.answersOf(project);
    return {
      problems: checkForm(values, this.configOf),
      hidden: config ? hiddenInputs(values.result, inputs, config) : [],
      answersKey: key,
    };
  }

  /** What a request says of its project, else what is chosen for those that say nothing. */
  private projectOf(said: Json | undefined): Json {
    return said ?? this.projectId ?? null;
  }

  private answersOf(project: Json | undefined): AnswersOfProject {
    const known = this.configOf({ project: project ?? null });
    if (known.config === undefined) return { key: known.why, why: known.why, inputs: [], beyond: [] };
    const { config } = known;
    const form = this.forms.get(config) ?? answerForm(config);
    this.forms.set(config, form);
    return { key: `project ${writeJson(this.projectOf(project))}`, ...form };
  }

  write(entry: number, values: FormValues): string {
    return this.changed(writeEntry(this.text, this.checkup.parsed, entry, values).text);
  }

  /** One that is no longer there changes nothing. */
  fix(problem: PlacedProblem, scope: 'one' | 'alike'): string {
    const { parsed, checked } = this.checkup;
    const known = [...checked.problems, ...checked.kinds.map(({ first }) => first)];
    const stands = known.find(({ from, code }) => from === problem.from && code === problem.code);
    if (stands?.fix === undefined || stands.message !== problem.message) return this.text;
    const fixed = scope === 'one' ? [stands] : findAlike(parsed.entries, this.configOf, stands);
    return this.changed(applyFixes(this.bytes, parsed, fixed).toString());
  }

  repair(): Repair | undefined {
    return viewRepair(this.text)?.repair;
  }

  /** Made anew, so that no second copy of a large text waits for a consent that may never come. */
  applyRepair(): string {
    return this.changed(viewRepair(this.text)?.text ?? this.text);
  }

  add(): string {
    return this.changed(addEntry(this.text, this.checkup.parsed));
  }

  duplicate(entry: number): string {
    return this.changed(duplicateEntry(this.text, this.checkup.parsed, entry));
  }

  remove(entry: number): string {
    return this.changed(removeEntry(this.text, this.checkup.parsed, entry));
  }

  /** A change is checked at once, so that the next one is made to the text as it now stands. */
  private changed(text: string): string {
    if (text !== this.text) this.check(text);
    return text;
  }
}

/** The project that a form names: a number, or whatever somebody has typed there. */
function projectIn({ project }: FormValues): Json {
  return readJson(project.trim()).value ?? null;
}
