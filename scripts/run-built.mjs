import { build } from './build.mjs';
import { install } from './install.mjs';

/** Installs and builds when needed, then runs a program of the built product in this process: its path below `standalone/dist`. */
export async function runBuilt(program) {
  try {
    install();
    build();
    await import(`../standalone/dist/${program}`);
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
}
