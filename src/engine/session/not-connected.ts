import { refused } from '#wire/failure.ts';

/** The outcome of calls that need a server while disconnected. */
export const notConnected = () =>
  refused('token-missing', 'Not connected to a server.', 'Connect to a server first.');
