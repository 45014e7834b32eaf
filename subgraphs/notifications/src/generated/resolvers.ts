/* This file was automatically generated. DO NOT UPDATE MANUALLY. */
    import type   { Resolvers } from './types.ts';
    import    { notificationPreferences as Query_notificationPreferences } from './../resolvers/Query/notificationPreferences.ts';
import    { notifications as Query_notifications } from './../resolvers/Query/notifications.ts';
import    { pushPublicKey as Query_pushPublicKey } from './../resolvers/Query/pushPublicKey.ts';
import    { markNotificationsRead as Mutation_markNotificationsRead } from './../resolvers/Mutation/markNotificationsRead.ts';
import    { registerPushSubscription as Mutation_registerPushSubscription } from './../resolvers/Mutation/registerPushSubscription.ts';
import    { setNotificationPreference as Mutation_setNotificationPreference } from './../resolvers/Mutation/setNotificationPreference.ts';
import    { notificationAdded as Subscription_notificationAdded } from './../resolvers/Subscription/notificationAdded.ts';
import    { Notification } from './../resolvers/Notification.ts';
import    { NotificationAdded } from './../resolvers/NotificationAdded.ts';
import    { DateTime,URL } from '@starling/platform/graphql';
    export const resolvers: Resolvers = {
      Query: { notificationPreferences: Query_notificationPreferences,notifications: Query_notifications,pushPublicKey: Query_pushPublicKey },
      Mutation: { markNotificationsRead: Mutation_markNotificationsRead,registerPushSubscription: Mutation_registerPushSubscription,setNotificationPreference: Mutation_setNotificationPreference },
      Subscription: { notificationAdded: Subscription_notificationAdded },
      Notification: Notification,
NotificationAdded: NotificationAdded,
DateTime: DateTime,
URL: URL
    }