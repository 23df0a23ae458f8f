/** Something that people can mend themselves: told in one line, without a stack. */
export class Explained extends Error {
  /**
   * @param {string} message
   * @param {number} [exitCode] 2 for a command line that makes no sense, else 1
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * Runs a command; what it explains is printed as one line, anything else is a mistake of ours and keeps its stack.
 * @param {() => Promise<void>} command
 */
export async function explain(command) {
  try {
    await command();
  } catch (error) {
    if (!(error instanceof Explained)) throw error;
    console.error(error.message);
    process.exit(error.exitCode);
  }
}
