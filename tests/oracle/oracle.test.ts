import { startStarling } from '../support/starling.ts';
import { oracleOf, PUSH_FOLLOWER_LIMIT } from './oracle.ts';

oracleOf('the oracle', () => startStarling({ shape: 'one-process', pushFollowerLimit: PUSH_FOLLOWER_LIMIT }));
