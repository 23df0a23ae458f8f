import { ensureBuilt } from '../../scripts/build.mjs';

/** Passing with an old build would prove nothing. */
export default () => ensureBuilt();
