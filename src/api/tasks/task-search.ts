import { limits } from '#wire/limits.ts';

/** A Data Manager query, and the columns it can't search. */
export interface TaskSearch {
  /** The `query` of `GET /api/tasks/`; undefined for all tasks. */
  query: string | undefined;
  /** Columns that can’t be searched: the server can’t filter by their names, or the URL would be too long. */
  notSearched: string[];
}

/** Keeps the URL below the 8 kB limit of gateways. */
const longestQuery = 7000;

/**
 * Names that break a filter, seen on 1.23.2: the column becomes an SQL alias, where quotes, spaces, brackets, `#`, `;` and
 * comments give a 500, and a Django path, where `__` separates keys and a number is a list index.
 */
const noColumn = /['"`[\];#\s]|--|\/\*|\*\/|__|^\d+$/;

/** Searches for tasks with this text in their data, or with this ID. Blank text matches all tasks. */
export function searchFor(words: string, columns: readonly string[]): TaskSearch {
  const value = words.trim();
  if (value === '') return { query: undefined, notSearched: [] };

  const items: Filter[] = [];
  const id = Number(/^#?(\d+)$/.exec(value)?.[1]);
  if (Number.isSafeInteger(id))
    items.push({ filter: 'filter:tasks:id', operator: 'equal', type: 'Number', value: id });
  const notSearched: string[] = [];
  for (const [index, column] of columns.entries()) {
    const filter = { filter: `filter:tasks:data.${column}`, operator: 'contains', type: 'String', value };
    // Only about seventy columns fit; if there are many, the first ones are used.
    const isTried = index < limits.listed && !noColumn.test(column);
    if (isTried && lengthInUrl(asQuery([...items, filter])) <= longestQuery) items.push(filter);
    else notSearched.push(column);
  }
  return { query: items.length === 0 ? nothing : asQuery(items), notSearched };
}

interface Filter {
  filter: string;
  operator: string;
  type: string;
  value: string | number;
}

function asQuery(items: Filter[]): string {
  const query = JSON.stringify({ filters: { conjunction: 'or', items } });
  // The server decodes the query twice (`get_prepare_params`), so percent signs must be escaped.
  return query.replaceAll('%', '\\u0025');
}

const lengthInUrl = (query: string) => new URLSearchParams({ query }).toString().length;

/** Matches no task; an empty filter would match all. */
const nothing = asQuery([{ filter: 'filter:tasks:id', operator: 'equal', type: 'Number', value: 0 }]);
