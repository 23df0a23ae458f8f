import { labelsOf, type NamedLabel } from '#config/labels.ts';
import type { LabelConfig } from '#config/label-config.ts';
import { answerForm, type AnswerForm } from '#domain/form/answer-inputs.ts';
import { hiddenInputs, shareOut } from '#domain/form/answers.ts';
import { checkForm } from '#domain/form/check-form.ts';
import { check, rowsOf, type BatchCheck } from '#domain/check.ts';
import { asRequests } from '#domain/plan/write-requests.ts';
import { formatJson } from '#domain/text/format-json.ts';
import type { ConfigOf } from '#domain/requests/known-config.ts';
import { summariseEntries } from '#domain/plan/entry-summary.ts';
import { applyFixes, findAlike } from '#domain/fix.ts';
import type { PlacedProblem } from '#domain/problems/problem.ts';
import { viewRepair, type Repair } from '#domain/text/repair-preview.ts';
import type { Source } from '#domain/results/remaining-rows.ts';
import {
  headOfGrid,
  readGridRows,
  rowsWithProblems,
  writeCell,
  type GridHead,
  type GridRow,
} from '#domain/parse/records/grid.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';
import { readValues, type ColumnValues } from '#domain/parse/records/unmatched-values.ts';
import { addEntry, duplicateEntry, readEntry, removeEntry, writeEntry } from '#domain/form/edit-entry.ts';
import { textOfSlices } from '#domain/text/decode.ts';
import { SourceText, type Edit } from '#domain/text/source-text.ts';
import { firstLine, partOf, placeOfLine, type PartAsked } from '#domain/text/text-window.ts';
import type { FormValues } from '#domain/form/form-values.ts';
import { isId } from '#wire/bulk-request.ts';
import type { Outcome } from '#wire/failure.ts';
import { count } from '#wire/words.ts';
import { isJsonObject, readJson, writeJson, type Json } from '#wire/json.ts';
import { EarlierTexts, isSameVersion, type KeptText } from './earlier-texts.ts';
import type {
  AnswersOfProject,
  CellWritten,
  EntryInForm,
  EntryVerdict,
  PartOfText,
  TextOnScreen,
  TextVersion,
  TypedChange,
  Verdict,
} from './engine.ts';
import type { ProjectConfigs } from './project-configs.ts';

/**
 * In UTF-16 code units: above it the screen shows a part of the text, and no more of it leaves the engine. A browser that
 * lays out all of 50 MB stands still for it, and nobody reads it. What is read, checked and sent is always the whole.
 */
export const maxShownWhole = 4_000_000;

/** Of texts that can be had back. */
const maxBytesKept = 100_000_000;

/** As much of the first line is told: enough to know it again. */
const longestFirstLine = 1000;

/** The batch on the workbench: one text, what its check found, and the form's ways of reading and changing it. */
export class Batch {
  text = SourceText.of('');
  projectId: number | undefined;
  choice: ImportSettings = {};
  /** Undefined while nobody is signed in. */
  configs: ProjectConfigs | undefined;
  /** Which text it is, as the screen knows it. */
  private version: TextVersion = { edition: 0, typed: 0 };
  private lastEdition = 0;
  private readonly earlier = new EarlierTexts(maxBytesKept);
  /** Where in the text somebody looks, as far as the screen has said. */
  private place: PartAsked = { at: 'from', place: 0 };
  /** What is to be put into the text, as far as it has come. */
  private held: string[] = [];
  private known: { checkup: BatchCheck; of: readonly unknown[] } = {
    checkup: check(SourceText.of('')),
    of: [],
  };
  /** The projects that the last check wanted to know about. */
  private readonly wanted = new Set<number>();
  private readonly forms = new WeakMap<LabelConfig, AnswerForm>();

  /** What the check of the text finds. It is made when it is asked for, and once for each text and what it is read with. */
  get checkup(): BatchCheck {
    const of = [this.text, this.projectId, this.configs, JSON.stringify(this.choice)];
    if (!of.every((part, index) => part === this.known.of[index])) {
      this.wanted.clear();
      this.known = { checkup: check(this.text, this.configOf, this.choice), of };
    }
    return this.known.checkup;
  }

  /** What a form or a repair reads, for they work on strings. */
  private get whole(): string {
    return String(this.text);
  }

  /**
   * Checks the text, and once more where configs had to be read for it. Of two calls the later one wins. A small text is
   * told whole; of a large one the screen says which it knows.
   */
  async check(told: string | TextVersion): Promise<Verdict> {
    if (typeof told === 'string') this.take(told);
    const { text } = this;
    const { checked } = this.checkup;
    const isNews = await this.configs?.load(this.wanted);
    if (this.text !== text) return checked;
    if (isNews) this.known = { ...this.known, of: [] };
    return { ...this.checkup.checked, ...(!this.isAsOnScreen(told) && { text: this.onScreen() }) };
  }

  private get isLarge(): boolean {
    return this.text.length > maxShownWhole;
  }

  private isAsOnScreen(told: string | TextVersion): boolean {
    if (typeof told === 'string') return !this.isLarge;
    return this.isLarge && isSameVersion(told, this.version);
  }

  /** The text as the screen is to know it. */
  onScreen(): TextOnScreen {
    const { text, version } = this;
    if (!this.isLarge) return { size: 'small', text: this.whole };
    return {
      size: 'large',
      ...version,
      length: text.length,
      firstLine: firstLine(text, longestFirstLine),
      namesProject: text.includes('"project"'),
      part: partOf(text, this.place),
    };
  }

  part(asked: PartAsked): PartOfText {
    const part = partOf(this.text, asked);
    this.place = { at: 'from', place: part.from };
    return { ...this.version, part };
  }

  placeOfLine(line: number): number {
    return placeOfLine(this.text, line);
  }

  /** Takes over what was typed into a part. It was typed into this very text, or it is too late. */
  type(change: TypedChange): void {
    if (!isSameVersion(change, this.version)) return;
    this.text = this.text.edited(this.inBytes(change.edits));
    this.version = { ...this.version, typed: this.version.typed + 1 };
  }

  /** Makes changes whose places are in units. Whoever asks for them knows how they are taken back. */
  edit(edits: readonly Edit[]): TextOnScreen {
    this.become(this.text.edited(this.inBytes(edits)));
    return this.onScreen();
  }

  private inBytes(edits: readonly Edit[]): Edit[] {
    return edits.map(({ from, to, put }) => ({
      from: this.text.offsetOf(from),
      to: this.text.offsetOf(to),
      put,
    }));
  }

  /** Keeps a slice of what `putHeld` is to put into the text. */
  hold(slice: string): void {
    this.held.push(slice);
  }

  /** Puts what is held in the place of what stands there, with the cursor behind it. */
  putHeld({ from, to }: { from: number; to: number }): TextOnScreen {
    const put = textOfSlices(this.held);
    this.held = [];
    const cursor = from + put.length;
    this.place = { at: 'around', place: cursor };
    const text = this.changed(this.text.with(this.text.offsetOf(from), this.text.offsetOf(to), put));
    return text.size === 'small' ? text : { ...text, part: { ...text.part, cursor } };
  }

  /** A text that comes from elsewhere is shown from its beginning. */
  open(text: SourceText): TextOnScreen {
    this.place = { at: 'from', place: 0 };
    return this.changed(text);
  }

  /** A text that was here before; undefined where it is not kept any more. */
  bringBack(version: TextVersion): TextOnScreen | undefined {
    const found = this.earlier.find(version);
    if (found === undefined) return undefined;
    this.keepEarlier();
    this.text = found.text;
    this.version = { edition: found.edition, typed: found.typed };
    return this.onScreen();
  }

  /** Everything that another engine needs to go on with these texts. Nothing of them stays here. */
  handOver(): KeptText[] {
    const texts = [...this.earlier.all(), { ...this.version, text: this.text }];
    this.earlier.replace([]);
    this.text = SourceText.of('');
    return texts;
  }

  takeOver(texts: readonly KeptText[]): void {
    const last = texts.at(-1);
    if (last === undefined) return;
    this.earlier.replace(texts.slice(0, -1));
    this.text = last.text;
    this.version = { edition: last.edition, typed: last.typed };
    this.lastEdition = Math.max(this.lastEdition, ...texts.map(({ edition }) => edition));
  }

  private take(text: string): void {
    if (text.length !== this.text.length || text !== this.whole) this.changed(SourceText.of(text));
  }

  private become(text: SourceText): void {
    this.text = text;
    this.lastEdition += 1;
    this.version = { edition: this.lastEdition, typed: 0 };
  }

  /** A small text can be had back from the screen. */
  private keepEarlier(): void {
    if (this.isLarge) this.earlier.keep({ ...this.version, text: this.text });
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
    const { text, checkup, configs, projectId } = this;
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
    const hint = 'Fix them in Import.';
    return {
      ok: false,
      failure: { kind: 'input', reason: 'mistakes', message, hint, fromLabelStudio: false },
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
    return grid
      ? readGridRows(grid, { entries, findings, configOf: this.configOf, values: this.choice.values }, rows)
      : [];
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

  writeCell(row: number, column: number, words: string): CellWritten {
    const { grid } = this.checkup.parsed;
    if (!grid) return { text: this.onScreen() };
    const before = this.readAs();
    const { done } = writeCell(this.text, grid, row, column, words);
    if (done === undefined) return { text: this.onScreen() };
    const { from, removed, put } = done;
    const text = this.edit([{ from, to: from + removed.length, put }]);
    return { text, done, isReadOtherwise: before !== this.readAs() };
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
    const values = readEntry(this.whole, parsed, entry, answers.inputs);
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

  write(entry: number, values: FormValues): TextOnScreen {
    return this.rewritten((text, { parsed }) => writeEntry(text, parsed, entry, values).text);
  }

  /** One that is no longer there changes nothing. */
  fix(problem: PlacedProblem, scope: 'one' | 'alike'): TextOnScreen {
    const { parsed, checked } = this.checkup;
    const known = [...checked.problems, ...checked.kinds.map(({ first }) => first)];
    const stands = known.find(({ from, code }) => from === problem.from && code === problem.code);
    if (stands?.fix === undefined || stands.message !== problem.message) return this.onScreen();
    const fixed = scope === 'one' ? [stands] : findAlike(parsed.entries, this.configOf, stands);
    return this.changed(applyFixes(this.text, parsed, fixed));
  }

  repair(): Repair | undefined {
    return viewRepair(this.whole)?.repair;
  }

  /** Made anew, so that no second copy of a large text waits for a consent that may never come. */
  applyRepair(): TextOnScreen {
    return this.rewritten((text) => viewRepair(text)?.text ?? text);
  }

  format(): TextOnScreen {
    return this.rewritten((text) => formatJson(text));
  }

  writeAsRequests(): TextOnScreen {
    return this.rewritten((_, { parsed }) => asRequests(parsed.entries));
  }

  add(): TextOnScreen {
    return this.rewritten((text, { parsed }) => addEntry(text, parsed));
  }

  duplicate(entry: number): TextOnScreen {
    return this.rewritten((text, { parsed }) => duplicateEntry(text, parsed, entry));
  }

  remove(entry: number): TextOnScreen {
    return this.rewritten((text, { parsed }) => removeEntry(text, parsed, entry));
  }

  private rewritten(rewrite: (text: string, checkup: BatchCheck) => string): TextOnScreen {
    const { whole } = this;
    const text = rewrite(whole, this.checkup);
    return text === whole ? this.onScreen() : this.changed(SourceText.of(text));
  }

  private changed(text: SourceText): TextOnScreen {
    this.keepEarlier();
    this.become(text);
    return this.onScreen();
  }
}

/** The project that a form names: a number, or whatever somebody has typed there. */
function projectIn({ project }: FormValues): Json {
  return readJson(project.trim()).value ?? null;
}
