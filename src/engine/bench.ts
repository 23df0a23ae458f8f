import { check, type Checkup } from '#domain/check.ts';
import { summariseEntries } from '#domain/summary.ts';
import { addEntry, duplicateEntry, readEntry, removeEntry, writeEntry } from '#domain/edit.ts';
import type { Checked } from '#domain/checked.ts';
import type { FormValues } from '#domain/form-values.ts';

/** The batch on the workbench: one text, what its check found, and the form's ways of reading and changing it. */
export class Bench {
  text = '';
  checkup: Checkup = check('');
  projectId: number | undefined;

  check(text: string): Checked {
    this.text = text;
    this.checkup = check(text);
    return this.checkup.checked;
  }

  summaries(from: number, to: number) {
    return summariseEntries(this.checkup.parsed.entries, this.checkup.findings, from, to);
  }

  read(entry: number): FormValues | undefined {
    return readEntry(this.text, this.checkup.parsed, entry);
  }

  write(entry: number, values: FormValues): string {
    return this.changed(writeEntry(this.text, this.checkup.parsed, entry, values).text);
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
