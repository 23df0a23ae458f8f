import type { AnswerInput } from '#domain/form/answer-inputs.ts';

/** Adds or removes an answer; in a single choice, it replaces the other one. */
export function toggled(
  { several }: Pick<AnswerInput, 'several'>,
  values: (string | string[])[],
  value: string | string[],
): (string | string[])[] {
  const isSame = (other: string | string[]) => JSON.stringify(other) === JSON.stringify(value);
  const others = values.filter((other) => !isSame(other));
  if (others.length < values.length) return several || values.length > 1 ? others : values;
  return several ? [...values, value] : [value];
}
