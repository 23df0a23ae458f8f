import type { LabelConfig } from '#config/label-config.ts';
import { findControl } from '#config/find-control.ts';
import { isJsonObject, readJson, writeJson, type Json } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import type { ImportSettings } from '#domain/parse/import-settings.ts';

/** Names of a region: its control and its object. */
export interface RegionNames {
  from_name: string;
  to_name: string;
}

/** Longest `completed_by` whose author is recognised, in bytes: an object with an avatar’s address. */
const maxAuthorBytes = 2000;

/** Takes over what names controls and users of another project or server, as the settings say. */
export class ExportMapping {
  readonly hasControls: boolean;
  private readonly controls: ReadonlyMap<string, RegionNames | { from_name: string }>;
  private readonly annotators: Readonly<Record<string, number>> | undefined;
  private readonly authors = new Map<string, string>();

  constructor({ controls = {}, annotators }: ImportSettings, config: LabelConfig | undefined) {
    this.annotators = annotators;
    this.controls = new Map(
      Object.entries(controls).map(([name, own]) => {
        const object = config && findControl(config, own)?.toName[0];
        return [name, { from_name: own, ...(object !== undefined && { to_name: object }) }];
      }),
    );
    this.hasControls = this.controls.size > 0;
  }

  /** The names that a region of this control gets; undefined if it keeps its own. */
  namesOf(control: string): Partial<RegionNames> | undefined {
    return this.controls.get(control);
  }

  mapResult(result: Json): Json {
    if (!this.hasControls || !Array.isArray(result)) return result;
    return result.map((region) => {
      const name = isJsonObject(region) ? region['from_name'] : undefined;
      const names = typeof name === 'string' ? this.namesOf(name) : undefined;
      return names === undefined ? region : { ...(region as object), ...names };
    });
  }

  /** Who an annotation’s `completed_by` is, given as JSON: see `authorName`. The last ones are kept. */
  authorOf(json: string): string {
    if (json.length > maxAuthorBytes) return '';
    let author = this.authors.get(json);
    if (author === undefined) {
      author = authorName(readJson(json).value ?? null);
      if (this.authors.size < limits.exportAuthors) this.authors.set(json, author);
    }
    return author;
  }

  /** The user of this server that an author became; undefined if it isn’t imported. */
  userOf(author: string): number | undefined {
    return this.annotators !== undefined && Object.hasOwn(this.annotators, author)
      ? this.annotators[author]
      : undefined;
  }
}

/** An author by e-mail address in lower case, else as `user 12`; empty if it says neither. */
function authorName(value: Json): string {
  if (isJsonObject(value)) {
    const { email, id = null } = value;
    return typeof email === 'string' && email.includes('@') ? authorName(email) : authorName(id);
  }
  if (typeof value === 'string')
    return value.includes('@') && value.length <= limits.shownUnits ? value.trim().toLowerCase() : '';
  const id = value === null ? '' : writeJson(value);
  return /^\d+$/.test(id) ? `user ${id}` : '';
}
