import { requireViewer } from '@starling/platform/graphql';
import type { QueryResolvers } from './../../generated/types.ts';
import { homePage } from '../../home/home-page.ts';

export const homeTimeline: NonNullable<QueryResolvers['homeTimeline']> = (_parent, args, context) => {
  const home = args.includePopular ? context.homeWithPopular : context.home;
  return homePage(home, context.freshness, requireViewer(context).userId, args);
};
