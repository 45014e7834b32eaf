import { countingContract } from './counting.contract.ts';
import { startTweets } from './support/tweets.ts';

countingContract(() => startTweets());
