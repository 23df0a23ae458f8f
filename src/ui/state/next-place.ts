import { go } from './route.ts';

/** An entry of the batch and its place in the text. */
export interface BatchPlace {
  entry: number;
  from: number;
  to: number;
}

let next: BatchPlace | undefined;

/** Makes Import open at an entry: its grid row or form, if that was shown last, otherwise its text. */
export function openImportAt(place: BatchPlace) {
  next = place;
  go({ at: 'import' });
}

/** Where Import opens; undefined if no other screen requested a place. */
export const nextPlace = () => next;

export function placeTaken() {
  next = undefined;
}
