// npm run import: imports; `--check` as the first argument (npm run import:check) compares what was imported with what the
// timelines show. The first import has to be readable for old versions of Node.
import { requireNode } from './node-version.mjs';

requireNode();
const isCheck = process.argv[2] === '--check';
if (isCheck) process.argv.splice(2, 1);
import('./run-built.mjs').then(({ runBuilt }) => runBuilt(isCheck ? 'import/check-main.js' : 'import/main.js'));
