import { check, type Checkup } from '#domain/check.ts';
import type { ConfigOf } from '#domain/check-config.ts';
import { summariseEntries } from '#domain/summary.ts';
import { applyFixes, findAlike } from '#domain/fix.ts';
import type { PlacedProblem } from '#domain/problem.ts';
import { addEntry, duplicateEntry, readEntry, removeEntry, writeEntry } from '#domain/edit.ts';
import type { Checked } from '#domain/checked.ts';
import type { FormValues } from '#domain/form-values.ts';
import { isId } from '#wire/bulk-request.ts';
import type { ProjectConfigs } from './project-configs.ts';

/** The batch on the workbench: one text, what its check found, and the form's ways of reading and changing it. */
export class Bench {
  text = '';
  checkup: Checkup = check('');
  projectId: number | undefined;
  /** Undefined while nobody is signed in. */
  configs: ProjectConfigs | undefined;
  /** The projects that the last check wanted to know about. */
  private readonly wanted = new Set<number>();

  check(text: string): Checked {
    this.text = text;
    this.wanted.clear();
    this.checkup = check(text, this.configOf);
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
    const id = project ?? this.projectId ?? null;
    if (!isId(id)) return { why: 'No project is chosen, so labels are not checked' };
    if (!this.configs) return { why: 'Not connected to a server, so labels are not checked' };
    this.wanted.add(id);
    return this.configs.of(id);
  };

  summaries(from: number, to: number) {
    return summariseEntries(this.checkup.parsed.entries, this.checkup.findings, from, to);
  }

  read(entry: number): FormValues | undefined {
    return readEntry(this.text, this.checkup.parsed, entry);
  }

  write(entry: number, values: FormValues): string {
    return this.changed(writeEntry(this.text, this.checkup.parsed, entry, values).text);
  }

  /** One that is no longer there changes nothing. */
  fix(problem: PlacedProblem, scope: 'one' | 'alike'): string {
    const { parsed, checked } = this.checkup;
    const stands = checked.problems.find(({ from, code }) => from === problem.from && code === problem.code);
    if (stands?.fix === undefined || stands.message !== problem.message) return this.text;
    const fixed = scope === 'one' ? [stands] : findAlike(parsed.entries, this.configOf, stands);
    return this.changed(applyFixes(this.text, parsed, fixed));
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
