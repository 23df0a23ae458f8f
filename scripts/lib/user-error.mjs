/** An error the user can fix: printed as one line, without a stack. */
export class UserError extends Error {
  /**
   * @param {string} message
   * @param {number} [exitCode] 2 for an invalid command line, otherwise 1
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * Runs a command. A `UserError` is printed as one line; any other error is a bug and keeps its stack.
 * @param {() => Promise<void>} command
 */
export async function reportUserErrors(command) {
  try {
    await command();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(error.message);
    process.exit(error.exitCode);
  }
}
