import type { Control } from '#config/label-config.ts';
import { labelsOf } from '#config/labels.ts';
import type { Json } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import type { Severity } from '#wire/problem.ts';
import { count } from '#wire/text/figures.ts';
import { excerpt, normalizedName } from '#wire/text/words.ts';
import { labelFinder, markIn, takesMarks } from '#domain/parse/cells/label-columns.ts';
import type {
  ColumnTarget,
  ImportSettings,
  LabelColumns,
  PickSeparator,
} from '#domain/parse/import-settings.ts';
import { columnNames } from './column-names.ts';
import { controlsFitting, isProblemColumn } from './map-columns.ts';
import { canBeFed, chosenTargets, controlsFor, isAnswer, type Known } from './targets.ts';
import type { CellProblem, Column } from '#domain/parse/columns/records.ts';
import { readingOf } from '#domain/parse/cells/value-mapping.ts';

/** Columns named in a message; others are counted. */
const maxNamed = 5;
/** Maximum number of warnings about unused columns. */
const maxUnused = 20;

/** Whether rows can become annotations: a column has the tasks, and one has labels or skips. */
export interface ColumnFindings {
  isComplete: boolean;
  problems: CellProblem[];
  labelColumns?: LabelColumns[];
}

/**
 * Checks the column mapping: no column with tasks, none with labels, or an unused column that seems to have labels.
 * Labels need a config. Choices of the user aren’t questioned.
 */
export function checkColumns(
  columns: readonly Column[],
  targets: readonly ColumnTarget[],
  known: Known,
  settings: ImportSettings,
): ColumnFindings {
  const hasTasks = targets.includes('task') || targets.includes('task-key');
  // How to choose it depends on the project, so the screen asks.
  const problems = hasTasks
    ? []
    : [problem('error', 'task-column-missing', 'No column is mapped to task IDs.')];
  if (known.config === undefined) return { isComplete: hasTasks, problems };
  const unused = new UnusedColumns(columns, targets, known, settings);
  const hasLabels = targets.some(
    (target) => target === 'result' || target === 'field:was_cancelled' || isAnswer(target),
  );
  if (!hasLabels) problems.push(problem('error', 'labels-column-missing', unused.whyNoLabels()));
  else problems.push(...unused.warnings());
  return { isComplete: hasTasks && hasLabels, problems, labelColumns: unused.labelColumns() };
}

function problem(severity: Severity, code: string, message: string, column?: number): CellProblem {
  return { severity, code, message, path: [], ...(column !== undefined && { column }) };
}

/** Unmapped columns that seem to have labels. */
class UnusedColumns {
  private readonly columns: readonly Column[];
  /** As on screen. */
  private readonly names: readonly string[];
  private readonly targets: readonly ColumnTarget[];
  private readonly known: Known;
  private readonly settings: ImportSettings;
  private readonly controls: readonly Control[];
  /** Unmapped columns that the user hasn’t ignored explicitly. */
  private readonly open: readonly number[];

  constructor(
    columns: readonly Column[],
    targets: readonly ColumnTarget[],
    known: Known,
    settings: ImportSettings,
  ) {
    this.settings = settings;
    this.columns = columns;
    this.targets = targets;
    this.known = known;
    this.controls = [...known.config!.controls.values()];
    this.names = columnNames(columns);
    const chosen = chosenTargets(columns, known, settings);
    this.open = [...columns.keys()].filter(
      (column) => targets[column] === 'nothing' && chosen[column] === undefined,
    );
  }

  /** Why no column has labels, and the fix, in terms of a table. */
  whyNoLabels(): string {
    const start = 'No column has labels, so every annotation would be empty.';
    const more = [...this.notForCells(), ...this.spreadLabels(), ...this.fitting()].map(({ words }) => words);
    if (more.length > 0) return [start, ...more.slice(0, maxNamed)].join(' ');
    const names = controlsFor(this.known).map(({ name }) => name);
    if (names.length > 0)
      return `${start} Choose the column for ${quoted(names, 'or')} under Import settings.`;
    const tags = this.controls.map(({ name, tag }) => `${name} (${tag})`);
    return `${start} A cell can’t answer ${quoted(tags, 'or')}. Use a column “result” with JSON, or a JSON file.`;
  }

  warnings(): CellProblem[] {
    const found = [
      ...withCode('labels-column-unused', this.notForCells()),
      ...withCode('labels-in-columns', this.spreadLabels()),
      ...withCode('choice-column-unknown', this.unknownChoices()),
      ...withCode('labels-column-unused', this.fitting()),
    ];
    const listed = found.slice(0, maxUnused);
    const more = found.length - listed.length;
    if (more > 0)
      listed.push(
        problem('warning', 'labels-column-unused', `${count(more, 'more column')} with labels aren’t used.`),
      );
    return listed;
  }

  /** Columns named like a control that a cell can’t answer. */
  private notForCells(): { column: number; words: string }[] {
    const { isForBulk = true } = this.known;
    const byName = new Map(
      this.controls
        .filter((control) => !canBeFed(control, isForBulk))
        .map((control) => [normalizedName(control.name), control]),
    );
    return this.open.flatMap((column) => {
      const { name } = this.columns[column]!;
      const control = byName.get(normalizedName(name));
      if (control === undefined) return [];
      const why =
        control.perRegion || control.perItem
          ? `is answered for each ${control.perRegion ? 'region' : 'item'}`
          : `is a ${control.tag} control`;
      const words = `Column ${quoted([name])} isn’t used: “${control.name}” ${why}, which a cell can’t answer. Use a column “result” with JSON, or a JSON file.`;
      return [{ column, words }];
    });
  }

  /** Columns that can be used as choices, or are. */
  labelColumns(): LabelColumns[] {
    const { columns, targets } = this;
    return controlsFor(this.known)
      .filter((control) => takesMarks(control) && !targets.includes(`control:${control.name}`))
      .flatMap((control): LabelColumns[] => {
        const used = [...columns.keys()].filter((column) => targets[column] === `label:${control.name}`);
        const areUsed = this.settings.labelColumns?.includes(control.name) === true;
        const isNamed = isNamedLike(control);
        const open = this.open.filter((column) => isNamed(columns[column]!.name));
        const found = areUsed ? used : open;
        const marked = found.filter((column) => this.hasMarks(column));
        // A single column may have the same name by chance.
        if (!areUsed && (found.length < 2 || marked.length * 2 < found.length)) return [];
        const names = found.slice(0, maxNamed).map((column) => this.names[column]!);
        return [{ control: control.name, columns: found.length, names, areUsed }];
      })
      .slice(0, limits.listed);
  }

  /** True if at least half of the distinct cells are marks. */
  private hasMarks(column: number): boolean {
    const { samples } = this.columns[column]!;
    return samples.filter((sample) => markIn(sample) !== undefined).length * 2 >= samples.length;
  }

  /** Columns named like labels with marks in their cells. */
  private spreadLabels(): { column: number; words: string }[] {
    const marked = this.open.filter((column) => this.columns[column]!.samples.every(isMark));
    return controlsFor(this.known).flatMap((control) => {
      if (control.options.length === 0) return [];
      const isNamed = isNamedLike(control);
      const columns = marked.filter((column) => isNamed(this.columns[column]!.name));
      if (columns.length === 0) return [];
      const names = columns.map((column) => this.columns[column]!.name);
      const are = columns.length === 1 ? `Column ${quoted(names)} is` : `Columns ${quoted(names, 'and')} are`;
      const way = takesMarks(control) ? 'Use them as its choices, or w' : 'W';
      const words = `${are} named like labels of “${control.name}”, but labels are read from cells. ${way}rite them into one column “${control.name}”, joined by ${this.separatorOf(control)}.`;
      return [{ column: columns[0]!, words }];
    });
  }

  /** Marked columns beside those that are used as choices. */
  private unknownChoices(): { column: number; words: string }[] {
    const used = controlsFor(this.known).flatMap((control) => {
      const columns = [...this.columns.keys()].filter((one) => this.targets[one] === `label:${control.name}`);
      const arePrefixed = columns.some((one) => choiceIn(control, this.columns[one]!.name) !== undefined);
      return columns.length === 0 ? [] : [{ control, arePrefixed }];
    });
    return this.open.flatMap((column) => {
      const { name, samples } = this.columns[column]!;
      if (!samples.some((sample) => markIn(sample) === true)) return [];
      const areMarks = samples.every((sample) => markIn(sample) !== undefined);
      const [first, ...others] = used.flatMap(({ control, arePrefixed }) => {
        const choice = arePrefixed ? choiceIn(control, name) : areMarks ? this.names[column] : undefined;
        return choice === undefined ? [] : [{ choice, name: control.name }];
      });
      if (first === undefined) return [];
      const controls = quoted([first, ...others].map((one) => one.name));
      const words = `${this.inWords(column)} has marks, but isn’t used: ${quoted([first.choice])} isn’t a choice in ${controls}. Add it in Label Studio, or choose Ignore.`;
      return [{ column, words }];
    });
  }

  /** `Column “mood”`, or `Column 3` without a name. */
  private inWords(column: number): string {
    const name = this.names[column]!;
    return /^Column \d+$/.test(name) ? name : `Column “${name}”`;
  }

  private separatorOf(control: Control): PickSeparator {
    return readingOf(this.settings, control).separator ?? '|';
  }

  /** Columns with labels of a control that another column answers, or of several controls. */
  private fitting(): { column: number; words: string }[] {
    const fitting = controlsFitting(controlsFor(this.known), this.settings);
    const isCompared = (column: number) =>
      column < limits.columnsByContent && !isProblemColumn(this.columns[column]!.name);
    return this.open.filter(isCompared).flatMap((column) => {
      const { samples } = this.columns[column]!;
      // Cells with marks or numbers fit many controls.
      if (samples.every(isMark)) return [];
      const controls = fitting(samples);
      if (controls.length === 0) return [];
      const feeding =
        controls.length === 1 ? this.names[this.targets.indexOf(`control:${controls[0]!.name}`)] : undefined;
      const names = quoted(
        controls.map((control) => control.name),
        'and',
      );
      const start = `${this.inWords(column)} has labels of ${names}, but isn’t used`;
      const suggestion =
        feeding === undefined
          ? ': choose what it holds under Import settings.'
          : `, because “${feeding}” is. ${controls[0]!.choice === 'multiple' ? `Join the labels in one cell with ${this.separatorOf(controls[0]!)}, or choose Ignore.` : 'Keep one of them, or choose Ignore.'}`;
      return [{ column, words: start + suggestion }];
    });
  }
}

const withCode = (code: string, found: readonly { column: number; words: string }[]): CellProblem[] =>
  found.map(({ column, words }) => problem('warning', code, words, column));

/** True for a mark in a column that is named like a label. */
const isMark = (sample: Json): boolean => typeof sample !== 'string' || markIn(sample) !== undefined;

/** The choice in a column’s name after its control’s: “Other” in `contents_Other`. */
function choiceIn(control: Control, column: string): string | undefined {
  if (!column.toLowerCase().startsWith(control.name.toLowerCase())) return undefined;
  return /^[^\p{L}\p{N}]+(.+)$/su.exec(column.slice(control.name.length))?.[1];
}

/** Finds names like a label of a control; of nested ones, the last level counts. */
function isNamedLike(control: Control): (name: string) => boolean {
  if (takesMarks(control)) {
    const labelOf = labelFinder(control);
    return (name) => labelOf(name) !== undefined;
  }
  const labels = new Set(
    labelsOf(control)
      .flatMap(({ label, displayed }) => [[label].flat().at(-1)!, displayed])
      .map(normalizedName),
  );
  return (name) => labels.has(normalizedName(name));
}

/** `“a”, “b” or “c”`, and the number of others. */
function quoted(names: readonly string[], last: 'or' | 'and' = 'or'): string {
  const words = names.slice(0, maxNamed).map((name) => `“${excerpt(name, limits.shownUnits)}”`);
  if (names.length > maxNamed) words.push(`${names.length - maxNamed} more`);
  const joint = names.length > maxNamed ? 'and' : last;
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} ${joint} ${words.at(-1)!}`;
}
