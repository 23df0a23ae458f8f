import { v5 as uuidV5 } from 'uuid';

/** The `unique_id` of a row: always the same for the same row of the same run, whose ID is a UUID. Lower case. */
export const uniqueIdOf = (run: string, row: number): string => uuidV5(String(row), run);

/** The name by which Sheaf’s own server remembers a call of a run. */
export const callUuid = (run: string, call: number): string => uuidV5(`call ${call}`, run);
