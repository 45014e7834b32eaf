import { contractOf } from './contract.ts';
import { startContracted } from './product.ts';

contractOf('the contract, in one process', () => startContracted({ shape: 'one-process' }));
contractOf('the contract, with subgraphs over HTTP', () => startContracted({ shape: 'over-http' }));
