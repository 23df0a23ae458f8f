/**
 * True for a normalised origin that may be part of a content security policy. URLs allow names with `*`, which a policy reads
 * as a wildcard, and with other characters that end it.
 */
export const isWebOrigin = (text: string): boolean =>
  /^https?:\/\/[a-z\d.:[\]-]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
