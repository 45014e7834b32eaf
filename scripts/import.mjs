// npm run import: installs and builds when needed, then imports; `--check` as the first argument (npm run import:check)
// compares what was imported with what the timelines show. The first import has to be readable for old versions of Node.
import { requireNode } from './node-version.mjs';

requireNode();
Promise.all([import('./install.mjs'), import('./build.mjs')])
  .then(([{ install }, { build }]) => {
    install();
    build();
    const isCheck = process.argv[2] === '--check';
    if (isCheck) process.argv.splice(2, 1);
    return import(isCheck ? '../standalone/dist/import/check-main.js' : '../standalone/dist/import/main.js');
  })
  .catch((error) => {
    console.error(error);
    process.exit(1);
  });
