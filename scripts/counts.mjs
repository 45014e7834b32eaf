// npm run counts -- check|rebuild: installs and builds when needed, then looks after the counts of tweets. The first import
// has to be readable for old versions of Node.
import { requireNode } from './node-version.mjs';

requireNode();
Promise.all([import('./install.mjs'), import('./build.mjs')])
  .then(([{ install }, { build }]) => {
    install();
    build();
    return import('../standalone/dist/counts/main.js');
  })
  .catch((error) => {
    console.error(error);
    process.exit(1);
  });
