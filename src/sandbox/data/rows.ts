import type { Json, JsonObject } from '#sandbox/http/json.ts';

/** Row types of the store, one for each of Label Studio's tables. Names are those of the API. */

export type Role = 'Owner' | 'Administrator' | 'Manager' | 'Reviewer' | 'Annotator';

export interface UserRow {
  id: number;
  first_name: string;
  last_name: string;
  email: string;
  role: Role;
  legacyToken: string;
  date_joined: string;
}

export interface ProjectRow {
  id: number;
  title: string;
  description: string;
  label_config: string;
  expert_instruction: string;
  show_skip_button: boolean;
  enable_empty_annotation: boolean;
  maximum_annotations: number;
  color: string;
  model_version: string | null;
  created_by: number;
  created_at: string;
  pinned_at: string | null;
  summary: Summary;
}

/** Counts the labels in use, which config edits must keep. Updated by single saves, not by bulk inserts. */
export interface Summary {
  all_data_columns: Record<string, number>;
  common_data_columns: string[];
  created_annotations: Record<string, number>;
  created_labels: Record<string, Record<string, number>>;
}

export interface TaskRow {
  id: number;
  project: number;
  inner_id: number;
  data: JsonObject;
  meta: Json;
  created_at: string;
  updated_at: string;
  updated_by: number | null;
  overlap: number;
  is_labeled: boolean;
  total_annotations: number;
  cancelled_annotations: number;
  total_predictions: number;
}

export interface AnnotationRow {
  id: number;
  result: Json[] | null;
  completed_by: number;
  was_cancelled: boolean;
  ground_truth: boolean;
  created_at: string;
  updated_at: string;
  draft_created_at: string | null;
  lead_time: number | null;
  prediction: JsonObject;
  result_count: number;
  unique_id: string;
  import_id: number | bigint | null;
  last_action: string | null;
  bulk_created: boolean | null;
  task: number;
  project: number;
  updated_by: number | null;
  parent_prediction: number | null;
  parent_annotation: number | null;
  last_created_by: number | null;
}

export interface PredictionRow {
  id: number;
  result: Json;
  model_version: string;
  score: number | null;
  created_at: string;
  updated_at: string;
  task: number;
  project: number;
}

export interface ViewRow {
  id: number;
  project: number;
  user: number;
  order: number;
  data: JsonObject;
  filters: JsonObject | null;
  ordering: Json;
  selected_items: JsonObject | null;
}
