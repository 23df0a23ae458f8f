import type { BulkRequest, FieldName } from '#wire/bulk-request.ts';

interface RequestField {
  /** The label on screen. */
  label: string;
  /** Help, shown below the input and in the editor's completion. */
  about: string;
  /** CodeMirror snippet that completion inserts after the name; `#{}` is the cursor. */
  starter: string;
  /** All valid values as JSON, if they are few. */
  values?: readonly string[];
}

type LastAction = NonNullable<BulkRequest['last_action']>;

/** Labels of the actions in an annotation's history. */
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
 * Labels and help for a request’s 18 fields in form order. `wire/bulk-request.ts` decides what each accepts.
 */
export const requestFields: Record<FieldName, RequestField> = {
  tasks: {
    label: 'Tasks',
    about: 'IDs of the tasks to annotate.',
    starter: '[#{}]',
  },
  selected_items: {
    label: 'Selection of tasks',
    about: 'Some tasks, or all tasks except some, instead of a list.',
    starter: '{"all": false, "included": [#{}]}',
  },
  task: {
    label: 'One task',
    about: 'ID of a single task. The same as a list of one in tasks.',
    starter: '#{}',
  },
  project: {
    label: 'Project',
    about: 'Project of the tasks. Defaults to the one chosen for the batch.',
    starter: '#{}',
  },
  result: {
    label: 'Result',
    about: 'The labels: a list of regions.',
    starter: '[#{}]',
  },
  was_cancelled: {
    label: 'Skipped',
    about: 'The task was skipped, not labelled.',
    starter: '#{true}',
    values: trueOrFalse,
  },
  ground_truth: {
    label: 'Ground truth',
    about: 'Use as ground truth. Replaces any other ground truth on the task.',
    starter: '#{true}',
    values: trueOrFalse,
  },
  completed_by: {
    label: 'Annotator',
    about: 'User ID of the annotator. Defaults to you.',
    starter: '#{}',
  },
  lead_time: {
    label: 'Time spent',
    about: 'Seconds, such as 12.5. Label Studio doesn’t measure this itself.',
    starter: '#{}',
  },
  bulk_created: {
    label: 'Created in bulk',
    about: 'Mark as created for many tasks at once.',
    starter: '#{true}',
    values: [...trueOrFalse, 'null'],
  },
  unique_id: {
    label: 'Unique ID',
    about: 'A UUID that is unique on the server. Only for one task.',
    starter: '"#{}"',
  },
  import_id: {
    label: 'Original ID',
    about: 'ID in the system it was imported from.',
    starter: '#{}',
  },
  parent_prediction: {
    label: 'Created from prediction',
    about: 'ID of the prediction it was created from.',
    starter: '#{}',
  },
  parent_annotation: {
    label: 'Created from annotation',
    about: 'ID of the annotation it was created from.',
    starter: '#{}',
  },
  last_action: {
    label: 'Last action',
    about: 'The last action in its history.',
    starter: '"#{}"',
    values: [...Object.keys(lastActions).map((action) => `"${action}"`), 'null'],
  },
  last_created_by: {
    label: 'Last action by',
    about: 'ID of the user who did it.',
    starter: '#{}',
  },
  updated_by: {
    label: 'Last changed by',
    about: 'ID of the user who changed it last.',
    starter: '#{}',
  },
  draft_created_at: {
    label: 'Draft started',
    about: 'When its draft was started, such as 2026-08-01T09:30:00Z.',
    starter: '"#{}"',
  },
};
