import type { AnswerInput, AnswerKind } from './answer-inputs.ts';

/**
 * One request as form values, field by field. `entry-to-form.ts` and `read-form.ts` convert them.
 *
 * Inputs need values, so a missing field is `''` (text) or `'not-set'` (choices). A null is `'null'` in choices and
 * `nulls[field]` in texts.
 */
export interface FormValues {
  /** The kind of target. */
  target: 'tasks' | 'task' | 'selected-only' | 'all-except';
  /** Task IDs as ranges: `1-50, 60, 72`; for `all-except` the excluded tasks. */
  taskIds: string;
  /** Project ID; `''` if the request has none. */
  project: string;
  result: FormRegion[];
  /** `false` if the request has no `result` at all, which differs from an empty list. */
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
  /** Text fields that are null instead of missing, by their name in the request. */
  nulls: Record<string, boolean>;
  /**
   * JSON text of fields that the inputs above can’t show, by their name in the request: `ground_truth: "yes"`, unknown
   * fields, two targets at once. Kept until its input is filled in or it is deleted, so mistakes are never fixed silently.
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
  /** Its JSON text as typed, which may be invalid; with an answer, the region that the answer goes into. */
  json: string;
  /** Set if an input shows the region: the input’s content. */
  answer?: Answer;
}

/** The content of one input: `control` is its name, the other fields are those of its `AnswerInput`. */
export interface Answer extends Pick<AnswerInput, 'key' | 'format'> {
  control: string;
  kind: AnswerKind;
  /** Choices, paths, texts, or one number or date as in its input. */
  values: (string | string[])[];
}
