import { startStarling } from '../support/starling.ts';
import { contractOf } from './contract.ts';

contractOf('the contract, in one process', () => startStarling({ shape: 'one-process' }));
contractOf('the contract, with subgraphs over HTTP', () => startStarling({ shape: 'over-http' }));
