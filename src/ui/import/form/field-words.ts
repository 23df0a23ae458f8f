/** The place of a problem whose message doesn't name it: region and task ID fields. */
export function fieldWords(field: string): string | undefined {
  const region = /^result\.(\d+)\./.exec(field)?.[1];
  if (region !== undefined) return `Region ${Number(region) + 1}: `;
  return field === 'taskIds' ? 'Tasks: ' : undefined;
}
