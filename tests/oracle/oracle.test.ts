import { startStarling } from '../support/starling.ts';
import { oracleOf } from './oracle.ts';

oracleOf('the oracle', () => startStarling({ shape: 'one-process' }));
