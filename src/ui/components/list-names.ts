import { figure } from './numbers.ts';

/** `Reviews, Invoices, Streets`, or for a long list `Reviews, Invoices and 998 more`. */
export function listNames(names: readonly string[], most = 10): string {
  const more = names.length - most;
  return more > 0 ? `${names.slice(0, most).join(', ')} and ${figure(more)} more` : names.join(', ');
}
