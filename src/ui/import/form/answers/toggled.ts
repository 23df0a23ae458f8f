import type { AnswerInput } from '#domain/form/answer-inputs.ts';

/** The answers with this one taken in, or out where it stands there; of a single choice it takes the place of the other. */
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
