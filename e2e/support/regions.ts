/** A region of the project *Product reviews*. */
export const sentiment = (choice: 'Positive' | 'Neutral' | 'Negative') => [
  { from_name: 'sentiment', to_name: 'review', type: 'choices', value: { choices: [choice] } },
];

/** A region of the project *Faults*, in which each task has a fault. */
export const faultySentiment = [
  { from_name: 'sentiment', to_name: 'text', type: 'choices', value: { choices: ['Positive'] } },
];

/** Rows that the sandbox answers after four seconds each, though it stores them at once. Each is a separate call. */
export const slowRows = (rows: number) =>
  Array.from({ length: rows }, (_, index) => ({
    task: 10019,
    project: 6,
    result: faultySentiment,
    lead_time: index,
  }));

/** A region of the project *Street scenes*: drawn, so no form input can show it. */
export const sign = [
  {
    id: 'sign',
    from_name: 'box',
    to_name: 'street',
    type: 'rectanglelabels',
    original_width: 640,
    original_height: 400,
    image_rotation: 0,
    value: { x: 10, y: 10, width: 20, height: 20, rotation: 0, rectanglelabels: ['Sign'] },
  },
];
