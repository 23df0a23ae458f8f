/** A region of the project *Product reviews*. */
export const sentiment = (choice: 'Positive' | 'Neutral' | 'Negative') => [
  { from_name: 'sentiment', to_name: 'review', type: 'choices', value: { choices: [choice] } },
];

/** A region of the project *Faults*, where each task has a fault of its own. */
export const faultySentiment = [
  { from_name: 'sentiment', to_name: 'text', type: 'choices', value: { choices: ['Positive'] } },
];
