import { ensureBuilt } from '../../scripts/build.mjs';

/** Passing against yesterday's build would prove nothing. */
export default () => ensureBuilt();
