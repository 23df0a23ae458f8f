import {
  CompletionContext,
  snippet,
  snippetCompletion,
  type Completion,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { jsonLanguage } from '@codemirror/lang-json';
import { language, syntaxTree } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { SyntaxNode, Tree } from '@lezer/common';
import { requestFields } from '#ui/import/form/fields/request-fields.ts';

const names = Object.entries(requestFields);

const selections = [
  snippetCompletion('{"all": false, "included": [#{}]}', {
    label: '{"all": false, "included": []}',
    detail: 'only these',
    info: 'Only the tasks listed.',
  }),
  snippetCompletion('{"all": true, "excluded": [#{}]}', {
    label: '{"all": true, "excluded": []}',
    detail: 'all except these',
    info: 'All tasks of the project except those listed.',
  }),
  { label: 'null', info: 'No selection.' },
];

/** Completes names and short values of a request’s own fields, but nothing inside its regions. */
export function completeRequest(context: CompletionContext): CompletionResult | null {
  const { state, pos, explicit } = context;
  if (state.facet(language) !== null) return complete(context, syntaxTree(state));
  // Of a large text only the surroundings are parsed.
  const from = Math.max(state.doc.lineAt(Math.max(0, pos - around)).from, pos - 2 * around);
  const words = state.sliceDoc(from, pos + around);
  const near = new CompletionContext(EditorState.create({ doc: words }), pos - from, explicit);
  const found = complete(near, jsonLanguage.parser.parse(words));
  return found && { ...found, from: found.from + from };
}

/** In characters; most requests are shorter. */
const around = 10_000;

function complete(context: CompletionContext, tree: Tree): CompletionResult | null {
  const { state, pos } = context;
  const request = requestAround(tree, pos);
  if (!request) return null;

  const typed = context.matchBefore(/"?\w*/)!;
  const before = state.sliceDoc(request.from, typed.from);
  if (/[{,]\s*$/.test(before)) {
    // A typed brace or comma opens no list; a quote, a letter or the completion key does.
    if (typed.text === '' && !context.explicit) return null;
    return { from: typed.from, options: missingNames(state, request, pos), validFor: /^"?\w*$/ };
  }
  const name = /"(\w+)"\s*:\s*$/.exec(before)?.[1];
  const options = name === undefined ? [] : valuesOf(name);
  if (options.length === 0 || (typed.text === '' && !context.explicit && !/\s$/.test(before))) return null;
  return { from: typed.from, options, validFor: /^"?\w*$/ };
}

/** The request around the position: the top-level object, or an object in the top-level list. */
function requestAround(tree: Tree, pos: number): SyntaxNode | undefined {
  let node: SyntaxNode | null = tree.resolveInner(pos, -1);
  while (node && node.name !== 'Object' && node.name !== 'Array') node = node.parent;
  if (node?.name !== 'Object' || node.from === pos) return undefined;
  const outer = node.parent?.name === 'Array' ? node.parent.parent : node.parent;
  return outer?.name === 'JsonText' ? node : undefined;
}

function missingNames(state: EditorState, request: SyntaxNode, pos: number): Completion[] {
  const there = new Set(
    request.getChildren('Property').flatMap(({ firstChild: name }) => {
      const isBeingTyped = name === null || (name.from < pos && pos <= name.to);
      return isBeingTyped ? [] : [state.sliceDoc(name.from + 1, name.to - 1)];
    }),
  );
  return names
    .filter(([name]) => !there.has(name))
    .map(([name, { label, about, starter }], index) => ({
      label: `"${name}"`,
      detail: label,
      info: about,
      // Keeps the order of the table instead of sorting by name.
      boost: -index,
      apply: (view, completion, from, to) => applyName(view, completion, from, to, `"${name}"`, starter),
    }));
}

function applyName(
  view: EditorView,
  completion: Completion,
  from: number,
  to: number,
  name: string,
  starter: string,
) {
  const { state } = view;
  // Replaces the closing quote that the editor inserted too.
  const end = state.sliceDoc(to, to + 1) === '"' ? to + 1 : to;
  const hasValue = /^\s*:/.test(state.sliceDoc(end, end + 100));
  snippet(hasValue ? name : `${name}: ${starter}`)(view, completion, from, end);
}

function valuesOf(name: string): Completion[] {
  if (name === 'selected_items') return selections;
  const field = names.find(([known]) => known === name)?.[1];
  return (field?.values ?? []).map((value, index) => ({ label: value, boost: -index, apply: applyValue }));
}

function applyValue(view: EditorView, { label }: Completion, from: number, to: number) {
  const end = label.endsWith('"') && view.state.sliceDoc(to, to + 1) === '"' ? to + 1 : to;
  view.dispatch({
    changes: { from, to: end, insert: label },
    selection: { anchor: from + label.length },
    userEvent: 'input.complete',
  });
}
