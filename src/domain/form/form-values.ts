import type { AnswerInput, AnswerKind } from './answer-inputs.ts';

/**
 * One request as the form shows it: the form's values mirror the form, field by field. `domain/form/entry-to-form.ts` turns them
 * into a request and back.
 *
 * `undefined` is never a value here, for an input needs one: a field that is left out is `''` (text), `'not-set'`
 * (choices); a null that the text holds shows as `'null'` in the choices and as `nulls[field]` in the texts.
 */
export interface FormValues {
  /** How the targets are given. */
  target: 'tasks' | 'task' | 'selected-only' | 'all-except';
  /** Task ids as ranges: `1-50, 60, 72`; for `all-except` the tasks left out. */
  taskIds: string;
  /** Project id; `''` where the request names none. */
  project: string;
  result: FormRegion[];
  /** `false` where the request has no `result` at all, which is not the same as an empty list. */
  hasResult: boolean;
  completedBy: string;
  groundTruth: 'not-set' | 'true' | 'false';
  wasCancelled: 'not-set' | 'true' | 'false';
  leadTime: string;
  bulkCreated: 'not-set' | 'null' | 'true' | 'false';
  uniqueId: string;
  parentAnnotation: string;
  parentPrediction: string;
  importId: string;
  updatedBy: string;
  lastCreatedBy: string;
  /** `'not-set'`, `'null'` or one of the ten actions. */
  lastAction: string;
  draftCreatedAt: string;
  /** Text fields whose value is null rather than left out, by their name on the wire. */
  nulls: Record<string, boolean>;
  /**
   * Whatever the inputs above cannot show, as JSON text by its name on the wire: `ground_truth: "yes"`, a field that
   * nobody knows, two targets at once. It stands until its own input is filled, or until it is deleted here; so a
   * mistake in the text shows in the form with the same words, and is never mended in silence.
   */
  rawJson: Record<string, string>;
}

/** An empty form: no field is set. */
export const emptyForm: FormValues = {
  target: 'tasks',
  taskIds: '',
  project: '',
  result: [],
  hasResult: false,
  completedBy: '',
  groundTruth: 'not-set',
  wasCancelled: 'not-set',
  leadTime: '',
  bulkCreated: 'not-set',
  uniqueId: '',
  parentAnnotation: '',
  parentPrediction: '',
  importId: '',
  updatedBy: '',
  lastCreatedBy: '',
  lastAction: 'not-set',
  draftCreatedAt: '',
  nulls: {},
  rawJson: {},
};

/** One region. */
export interface FormRegion {
  /** Its JSON text as the manager typed it, which may be no JSON yet; under an answer, the region that the answer goes into. */
  json: string;
  /** Where an input made from the project's config shows it: what stands in that input. */
  answer?: Answer;
}

/** What stands in one input: `control` is its name, the other facts are those of its `AnswerInput`. */
export interface Answer extends Pick<AnswerInput, 'key' | 'format'> {
  control: string;
  kind: AnswerKind;
  /** Picks, a path each (`paths`), texts, or the one number or date as its input has it. */
  values: (string | string[])[];
}
