import type { Json } from '#wire/json/json.ts';
import { limits } from '#wire/limits.ts';
import { firstUnits } from '#wire/text/words.ts';

/** A stored task. */
export interface TaskData {
  id: number;
  data: Readonly<Record<string, unknown>>;
}

/** One key of the tasks’ data, with the value of each task. */
interface Field {
  values: (Json | undefined)[];
  /** UTF-16 units of all values. */
  units: number;
  /** Tasks whose value was cut, because it is longer than `limits.taskValueUnits`. */
  cut: Set<number>;
}

/**
 * The tasks of one project, in columns: IDs, and a list of values for each key of their data. If it exceeds its memory
 * budget, the largest field is dropped and listed in `dropped`.
 */
export class TaskTable {
  readonly ids: number[] = [];
  /** Increases with every change. */
  revision = 0;
  /** UTF-16 units of all stored values. */
  units = 0;
  /** Fields that were too large to keep, or beyond `limits.taskFields`. */
  readonly dropped = new Set<string>();
  private readonly indexes = new Map<number, number>();
  private readonly columns = new Map<string, Field>();
  private readonly maxUnits: number;

  constructor(maxUnits: number = limits.taskDataUnits) {
    this.maxUnits = maxUnits;
  }

  get count(): number {
    return this.ids.length;
  }

  /** The names of the stored fields, in the order in which they were found. */
  get fields(): string[] {
    return [...this.columns.keys()];
  }

  has(id: number): boolean {
    return this.indexes.has(id);
  }

  /** The index of a task in `ids` and in each field; undefined if the project doesn’t have it. */
  indexOf(id: number): number | undefined {
    return this.indexes.get(id);
  }

  /** The value of a task by its index. Long values are cut: see `isCut`. */
  value(field: string, index: number): Json | undefined {
    return this.columns.get(field)?.values[index];
  }

  isCut(field: string, index: number): boolean {
    return this.columns.get(field)?.cut.has(index) ?? false;
  }

  /** The value as text to compare; undefined if it is cut, or neither text nor a number. */
  textOf(field: string, index: number): string | undefined {
    const column = this.columns.get(field);
    const value = column?.values[index];
    if (typeof value === 'number') return String(value);
    return typeof value === 'string' && !column!.cut.has(index) ? value : undefined;
  }

  /** The stored data of one task; undefined if the project doesn’t have it. */
  dataOf(id: number): Record<string, Json> | undefined {
    const index = this.indexes.get(id);
    if (index === undefined) return undefined;
    const data: Record<string, Json> = {};
    for (const [name, { values }] of this.columns)
      if (values[index] !== undefined) data[name] = values[index];
    return data;
  }

  /** Adds tasks, and replaces the data of known ones. */
  add(tasks: readonly TaskData[]): void {
    for (const { id, data } of tasks) {
      const known = this.indexes.get(id);
      const index = known ?? this.ids.length;
      if (known === undefined) {
        this.indexes.set(id, index);
        this.ids.push(id);
      }
      for (const [name, field] of this.columns)
        if (field.values[index] !== undefined && !Object.hasOwn(data, name))
          this.put(field, index, undefined);
      for (const [name, value] of Object.entries(data)) {
        const field = this.fieldOf(name);
        if (field !== undefined) this.put(field, index, value as Json);
      }
    }
    while (this.units > this.maxUnits) this.dropLargest();
    this.revision += 1;
  }

  private fieldOf(name: string): Field | undefined {
    const known = this.columns.get(name);
    if (known !== undefined || this.dropped.has(name)) return known;
    if (this.columns.size >= limits.taskFields) {
      // There could be as many names as tasks.
      if (this.dropped.size < limits.listed) this.dropped.add(firstUnits(name, limits.shownUnits));
      return undefined;
    }
    const field: Field = { values: [], units: 0, cut: new Set() };
    this.columns.set(name, field);
    return field;
  }

  private put(field: Field, index: number, value: Json | undefined): void {
    const before = unitsOf(field.values[index]);
    const isLong = unitsOf(value) > limits.taskValueUnits;
    const kept = isLong ? firstUnits(asText(value!), limits.taskValueUnits) : value;
    // A sparse array would be slower.
    while (field.values.length < index) field.values.push(undefined);
    field.values[index] = kept;
    if (isLong) field.cut.add(index);
    else if (field.cut.size > 0) field.cut.delete(index);
    const more = unitsOf(kept) - before;
    field.units += more;
    this.units += more;
  }

  private dropLargest(): void {
    const [largest] = [...this.columns].toSorted(([, one], [, other]) => other.units - one.units);
    const [name, field] = largest!;
    this.columns.delete(name);
    this.dropped.add(name);
    this.units -= field.units;
  }
}

/** The approximate size of a value: numbers and words count as four units. */
function unitsOf(value: Json | undefined): number {
  if (value === undefined) return 0;
  return typeof value === 'string' ? value.length : typeof value === 'object' ? asText(value).length : 4;
}

const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
