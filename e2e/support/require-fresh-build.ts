import { isBuilt } from '../../scripts/build.mjs';

/** Passing against yesterday's build would prove nothing. */
export default function requireFreshBuild() {
  if (!isBuilt()) throw new Error('dist/ was not built from these sources. Run: npm run e2e');
}
