import { v5 as uuidV5 } from 'uuid';

/** The `unique_id` of a row, derived from the run’s UUID and the row. Lower case. */
export const uniqueIdOf = (run: string, row: number): string => uuidV5(String(row), run);

/** The name of a call in the memory of Sheaf’s own server. */
export const callUuid = (run: string, call: number): string => uuidV5(`call ${call}`, run);
