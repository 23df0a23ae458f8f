import type { Severity } from '#domain/problems/problem.ts';

export const severityWords: Record<Severity, string> = { error: 'Error', warning: 'Warning', info: 'Note' };
