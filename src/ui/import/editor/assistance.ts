import type { PlacedProblem } from '#wire/problem.ts';
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { bracketMatching } from '@codemirror/language';
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { search, searchKeymap } from '@codemirror/search';
import type { Extension } from '@codemirror/state';
import { keymap, type EditorView } from '@codemirror/view';
import { assistanceTheme } from './assistance-theme.ts';
import { visibleHighlighting } from './visible-highlighting.ts';
import { completeRequest } from './complete-request.ts';
import { severityWords } from '#ui/components/feedback/severity-label.tsx';

/**
 * Optional editor features: marks, completion, search, colours of large texts. A separate chunk, so that the text is
 * shown first.
 */
export const assistance: Extension = [
  assistanceTheme,
  visibleHighlighting,
  lintGutter({ hoverTime: 150 }),
  bracketMatching(),
  closeBrackets(),
  autocompletion({ override: [completeRequest], icons: false }),
  search({ top: true }),
  keymap.of([...closeBracketsKeymap, ...completionKeymap, ...searchKeymap]),
];

export function markProblems({ state }: EditorView, problems: PlacedProblem[]) {
  return setDiagnostics(
    state,
    problems.map((problem) => toDiagnostic(problem, state.doc.length)),
  );
}

function toDiagnostic(problem: PlacedProblem, length: number): Diagnostic {
  const { from, to, severity, message } = problem;
  return {
    from: Math.min(from, length),
    to: Math.min(Math.max(from, to), length),
    severity,
    message,
    renderMessage: () => showProblem(problem),
  };
}

/** A problem in the editor's tooltip. Built from nodes, so that pasted text is never parsed as HTML. */
function showProblem({ severity, message }: PlacedProblem): HTMLElement {
  const box = document.createElement('div');
  const where = document.createElement('span');
  where.className = 'where';
  where.textContent = `${severityWords[severity]} · `;
  box.append(where, message);
  return box;
}
