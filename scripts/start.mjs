// npm start: installs and builds when needed, then runs the whole product in this process. `--processes` starts the gateway
// and each subgraph as a process of its own. The first import has to be readable for old versions of Node.
import { requireNode } from './node-version.mjs';

requireNode();
Promise.all([import('./install.mjs'), import('./build.mjs')])
  .then(([{ install }, { build }]) => {
    install();
    build();
    const separate = process.argv.includes('--processes');
    return import(separate ? '../standalone/dist/processes.js' : '../standalone/dist/main.js');
  })
  .catch((error) => {
    console.error(error);
    process.exit(1);
  });
