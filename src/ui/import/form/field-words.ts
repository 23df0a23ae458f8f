/** Where a problem is, for fields whose own words do not say it: those of a region, and of the task ids. */
export function fieldWords(field: string): string | undefined {
  const region = /^result\.(\d+)\./.exec(field)?.[1];
  if (region !== undefined) return `Region ${Number(region) + 1}: `;
  return field === 'taskIds' ? 'Tasks: ' : undefined;
}
