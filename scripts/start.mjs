// npm start: runs the whole product in this process. `--processes` starts the gateway, each subgraph and a worker as
// processes of their own. The first import has to be readable for old versions of Node.
import { requireNode } from './node-version.mjs';

requireNode();
const separate = process.argv.includes('--processes');
import('./run-built.mjs').then(({ runBuilt }) => runBuilt(separate ? 'processes.js' : 'main.js'));
