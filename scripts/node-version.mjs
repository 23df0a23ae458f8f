/*
 * Tells people whose Node is too old so, in one line. This file and the two that begin with it (start.mjs, test.mjs)
 * must be readable to old Nodes: no newer syntax, no static import of anything that they might not have.
 */

export function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error('Sheaf needs Node 20.19 or newer; this is Node ' + process.versions.node + '.');
  process.exit(1);
}
