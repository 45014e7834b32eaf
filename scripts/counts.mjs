// npm run counts -- check|rebuild: looks after the counts of tweets. The first import has to be readable for old versions of Node.
import { requireNode } from './node-version.mjs';

requireNode();
import('./run-built.mjs').then(({ runBuilt }) => runBuilt('counts/main.js'));
