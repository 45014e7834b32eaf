import { startStarling } from '../support/starling.ts';
import { oracleOf, PUSH_FOLLOWER_LIMIT } from './oracle.ts';

oracleOf('the oracle', () => startStarling({ shape: 'one-process', pushFollowerLimit: PUSH_FOLLOWER_LIMIT }));

/** So little that nearly everything is forgotten again at once. */
const MEMORY_SCALE = 0.00005;

oracleOf(
  'the oracle, with hardly any memory',
  () => startStarling({ shape: 'one-process', pushFollowerLimit: PUSH_FOLLOWER_LIMIT, memoryScale: MEMORY_SCALE }),
  3,
);
