/** Which rows are sent, by what is on their tasks already. */
export type Policy = 'all' | 'unlabelled' | 'not-same' | 'not-mine';

/** The decision about a single row, which overrides all other choices. */
export type RowDecision = 'create' | 'skip';

/** What is chosen in a review. A plan can be made for any of it without reading the server again. */
export interface ReviewChoices {
  policy: Policy;
  /** Skips rows that a run of this browser has sent already. */
  skipSent: boolean;
  /** Of several rows for one task, only the first is sent. */
  keepFirst: boolean;
  /** Every row gets its own call, although there is a faster way. */
  oneByOne: boolean;
  /** Sends no `lead_time`, so that more rows can go the faster way. */
  omitLeadTime: boolean;
  /** Rows that are decided one by one, by their number. */
  decisions: readonly (readonly [row: number, decision: RowDecision])[];
}

/** The choices with which a review starts. */
export const noChoices: ReviewChoices = {
  policy: 'all',
  skipSent: false,
  keepFirst: false,
  oneByOne: false,
  omitLeadTime: false,
  decisions: [],
};
