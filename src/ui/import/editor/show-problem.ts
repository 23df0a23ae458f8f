import type { PlacedProblem } from '#domain/problems/problem.ts';
import { severityWords } from '#ui/components/feedback/severity-words.ts';

/** A problem's words as the editor's tooltip shows them. Made of nodes: what somebody pasted is never read as markup. */
export function showProblem({ severity, message }: PlacedProblem): HTMLElement {
  const box = document.createElement('div');
  const where = document.createElement('span');
  where.className = 'where';
  where.textContent = `${severityWords[severity]} · `;
  box.append(where, message);
  return box;
}
