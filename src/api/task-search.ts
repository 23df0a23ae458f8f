/** What the Data Manager is asked, and what of the data it cannot be asked about. */
export interface TaskSearch {
  /** For `query` of `GET /api/tasks/`; undefined where every task is meant. */
  query: string | undefined;
  /** Columns that are not searched: their names are more than the server can filter by, or more than a URL holds. */
  notSearched: string[];
}

/** With everything else in it the URL stays below the 8 kB that gateways take. */
const longestQuery = 7000;

/**
 * Names that make a filter fail or find nothing, seen on 1.23.2: the column becomes an alias in SQL, where quotes,
 * spaces, brackets, `#`, `;` and comments are refused (500), and a path in Django, where `__` parts keys and a number
 * counts the items of a list.
 */
const noColumn = /['"`[\];#\s]|--|\/\*|\*\/|__|^\d+$/;

/** Tasks with these words somewhere in their data, or with this id. Blank, it means all tasks. */
export function searchFor(words: string, columns: readonly string[]): TaskSearch {
  const value = words.trim();
  if (value === '') return { query: undefined, notSearched: [] };

  const items: Filter[] = [];
  const id = Number(/^#?(\d+)$/.exec(value)?.[1]);
  if (Number.isSafeInteger(id))
    items.push({ filter: 'filter:tasks:id', operator: 'equal', type: 'Number', value: id });
  const notSearched: string[] = [];
  for (const column of columns) {
    const filter = { filter: `filter:tasks:data.${column}`, operator: 'contains', type: 'String', value };
    if (!noColumn.test(column) && lengthInUrl(asQuery([...items, filter])) <= longestQuery)
      items.push(filter);
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
  // The server decodes the query twice (`get_prepare_params`), so that a percent sign would be taken for an escape.
  return query.replaceAll('%', '\\u0025');
}

const lengthInUrl = (query: string) => new URLSearchParams({ query }).toString().length;

/** No filter at all would mean every task. */
const nothing = asQuery([{ filter: 'filter:tasks:id', operator: 'equal', type: 'Number', value: 0 }]);
