/** The input that a problem is shown at: `result` as a whole has none of its own, only whether there is one. */
export const inputOf = (field: string) => (field === 'result' ? 'hasResult' : field);
