// npm run dead-letters -- list|show|replay: looks after events that could not be handled. The first import has to be
// readable for old versions of Node.
import { requireNode } from './node-version.mjs';

requireNode();
import('./run-built.mjs').then(({ runBuilt }) => runBuilt('dead-letters/main.js'));
