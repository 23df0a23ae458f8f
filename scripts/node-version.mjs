/*
 * Tells people whose Node is too old so, in one line. This file and the two that begin with it (start.mjs, test.mjs)
 * must be readable to old Nodes: no newer syntax, no static import of anything that they might not have.
 */

const needed = [20, 19];

export function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > needed[0] || (major === needed[0] && minor >= needed[1])) return;
  console.error('Sheaf needs Node ' + needed.join('.') + ' or newer; this is Node ' + process.versions.node + '.');
  process.exit(1);
}
