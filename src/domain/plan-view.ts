/** A plan as the review shows it, small enough to cross to the screen whatever its size. */
export interface PlanView {
  id: string;
  server: string;
  user: string;
  route: { name: string; title: string; why: string };
  rows: number;
  skipped: number;
  calls: number;
  tasks: number;
  projects: { id: number; title: string; rows: number }[];
  groups: PlannedGroup[];
  /** Rows left out, with the reason; the first hundred, `skipped` counts all. */
  skips: { entry: number; task: number; reason: string }[];
  /** What else the run will change or could surprise with: ground truths that are cleared, selections of all tasks. */
  effects: string[];
  /** A request is sent with a selection as it stands that means every task: wants a typed confirmation. */
  wholeProject: boolean;
  /** True where at least one request has a selection, so that sending it as it stands is a choice. */
  hasSelection: boolean;
  /** Rough, from what one call was measured to cost; in seconds. */
  estimateSeconds: number;
}

export interface PlannedGroup {
  entry: number;
  project: number;
  rows: number;
  calls: number;
  /** Ranges, shortened. */
  tasks: string;
  says: string;
}
