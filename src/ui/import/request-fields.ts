import type { BulkRequest, FieldName } from '#wire/bulk-request.ts';

interface RequestField {
  /** What a manager calls it. */
  label: string;
  /** What it does, in a manager's words: below its input, and beside its name when the editor completes it. */
  about: string;
  /** What the editor puts behind the name: a CodeMirror snippet, `#{}` being where the cursor goes. */
  starter: string;
  /** What may stand there, where that is a short list of JSON texts. */
  values?: readonly string[];
}

type LastAction = NonNullable<BulkRequest['last_action']>;

/** What the history can say was done to an annotation. */
export const lastActions: Record<LastAction, string> = {
  prediction: 'Created from a prediction',
  propagated_annotation: 'Copied from another annotation',
  imported: 'Imported',
  submitted: 'Submitted',
  updated: 'Updated',
  skipped: 'Skipped',
  accepted: 'Accepted in review',
  rejected: 'Rejected in review',
  fixed_and_accepted: 'Fixed and accepted in review',
  deleted_review: 'Review deleted',
};

const trueOrFalse = ['true', 'false'];

/**
 * The 18 fields of a request, in the order in which people think of them. What each accepts is decided by the engine
 * (`wire/bulk-request.ts`); here is only how they are called and explained, and the type sees to it that none is missing.
 */
export const requestFields: Record<FieldName, RequestField> = {
  tasks: {
    label: 'Tasks',
    about: 'The tasks that get this annotation, by id.',
    starter: '[#{}]',
  },
  selected_items: {
    label: 'Selection of tasks',
    about: 'Some of the tasks, or all but some, in place of a list.',
    starter: '{"all": false, "included": [#{}]}',
  },
  task: {
    label: 'One task',
    about: 'A single task, by id. A list of one in tasks does the same.',
    starter: '#{}',
  },
  project: {
    label: 'Project',
    about: 'The project that the tasks belong to. Left out, it is the one chosen for the batch.',
    starter: '#{}',
  },
  result: {
    label: 'Result',
    about: 'What is said about the tasks: a list of regions, one for each thing said.',
    starter: '[#{}]',
  },
  was_cancelled: {
    label: 'Skipped',
    about: 'Yes: the task was skipped rather than answered.',
    starter: '#{true}',
    values: trueOrFalse,
  },
  ground_truth: {
    label: 'Ground truth',
    about:
      'Yes: the right answer, by which others are measured. On each task it takes that mark from every other annotation.',
    starter: '#{true}',
    values: trueOrFalse,
  },
  completed_by: {
    label: 'Annotator',
    about: 'The user whose work this is, by id. Left out, it is you.',
    starter: '#{}',
  },
  lead_time: {
    label: 'Time spent',
    about: 'How long it took, in seconds: 12.5. Label Studio counts nothing by itself here.',
    starter: '#{}',
  },
  bulk_created: {
    label: 'Made in bulk',
    about: 'Yes: marked as made for many tasks at once.',
    starter: '#{true}',
    values: [...trueOrFalse, 'null'],
  },
  unique_id: {
    label: 'Unique id',
    about: 'A UUID that no other annotation on the server has. Only for a request with one task.',
    starter: '"#{}"',
  },
  import_id: {
    label: 'Id before the import',
    about: 'The id it had where it was imported from.',
    starter: '#{}',
  },
  parent_prediction: {
    label: 'Made from prediction',
    about: 'The prediction that it was made from, by id.',
    starter: '#{}',
  },
  parent_annotation: {
    label: 'Made from annotation',
    about: 'The annotation that it was made from, by id.',
    starter: '#{}',
  },
  last_action: {
    label: 'Last action',
    about: 'What was done to it last, as its history says it.',
    starter: '"#{}"',
    values: [...Object.keys(lastActions).map((action) => `"${action}"`), 'null'],
  },
  last_created_by: {
    label: 'Last action by',
    about: 'The user who did that, by id.',
    starter: '#{}',
  },
  updated_by: {
    label: 'Last changed by',
    about: 'The user who changed it last, by id.',
    starter: '#{}',
  },
  draft_created_at: {
    label: 'Draft begun',
    about: 'When its draft was begun: 2026-08-01T09:30:00Z.',
    starter: '"#{}"',
  },
};
