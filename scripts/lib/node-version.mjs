/*
 * Reports a Node that is too old, in one line. This file and the scripts that call it (such as start.mjs)
 * must run on old versions: no new syntax, no static imports of newer modules.
 */

export function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error('Sheaf needs Node 20.19 or newer; this is Node ' + process.versions.node + '.');
  process.exit(1);
}
