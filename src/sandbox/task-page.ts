import type { Answer, Call } from '#sandbox/http/call.ts';
import { writeJson } from '#sandbox/http/json.ts';
import { annotationShape } from '#sandbox/data/shapes.ts';
import { theTask } from './tasks.ts';

/**
 * Where Label Studio shows its editor. The sandbox has none: it shows what is stored, so that a link into it leads
 * somewhere.
 */
export function taskPage({ store, settings, query }: Call): Answer {
  const task = theTask(store, Number(query.get('task')));
  const annotation = store.annotations.get(Number(query.get('annotation')));
  const lines = [
    'The sandbox has no labelling editor. Label Studio would open it here; this is what the sandbox has stored.',
    `Task ${task.id}: ${writeJson(task.data)}`,
  ];
  if (annotation?.task === task.id)
    lines.push(
      `Annotation ${annotation.id}: ${writeJson(annotationShape(annotation, store, settings.now()))}`,
    );
  return { status: 200, body: `${lines.join('\n\n')}\n`, contentType: 'text/plain; charset=utf-8' };
}
