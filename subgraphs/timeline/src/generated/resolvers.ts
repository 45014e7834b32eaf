/* This file was automatically generated. DO NOT UPDATE MANUALLY. */
    import type   { Resolvers } from './types.ts';
    import    { homeTimeline as Query_homeTimeline } from './../resolvers/Query/homeTimeline.ts';
import    { homeTimelineUpdates as Subscription_homeTimelineUpdates } from './../resolvers/Subscription/homeTimelineUpdates.ts';
import    { List } from './../resolvers/List.ts';
import    { User } from './../resolvers/User.ts';
import    { DateTime,URL } from '@starling/platform/graphql';
    export const resolvers: Resolvers = {
      Query: { homeTimeline: Query_homeTimeline },
      
      Subscription: { homeTimelineUpdates: Subscription_homeTimelineUpdates },
      List: List,
User: User,
DateTime: DateTime,
URL: URL
    }