// Old versions of Node read this file too, so it keeps to what they understand.

/** The first release of Node that the product runs on. */
export const OLDEST_NODE = [20, 19];

/** What is wrong with a version of Node such as `18.20.4`, in one line; undefined when nothing is. */
export function nodeProblem(version) {
  const parts = version.split('.').map(Number);
  const recent = parts[0] > OLDEST_NODE[0] || (parts[0] === OLDEST_NODE[0] && parts[1] >= OLDEST_NODE[1]);
  if (recent) return undefined;
  return `Starling needs Node ${OLDEST_NODE.join('.')} or newer, and this is Node ${version}.`;
}

/** Ends the process, with a line that says why, when its Node is too old. */
export function requireNode() {
  const problem = nodeProblem(process.versions.node);
  if (problem !== undefined) {
    console.error(problem);
    process.exit(1);
  }
}
