/* This file was automatically generated. DO NOT UPDATE MANUALLY. */
    import type   { Resolvers } from './types.ts';
    import    { node as Query_node } from './../resolvers/Query/node.ts';
import    { nodes as Query_nodes } from './../resolvers/Query/nodes.ts';
import    { sessions as Query_sessions } from './../resolvers/Query/sessions.ts';
import    { user as Query_user } from './../resolvers/Query/user.ts';
import    { userByUsername as Query_userByUsername } from './../resolvers/Query/userByUsername.ts';
import    { viewer as Query_viewer } from './../resolvers/Query/viewer.ts';
import    { changeEmail as Mutation_changeEmail } from './../resolvers/Mutation/changeEmail.ts';
import    { changePassword as Mutation_changePassword } from './../resolvers/Mutation/changePassword.ts';
import    { changeUsername as Mutation_changeUsername } from './../resolvers/Mutation/changeUsername.ts';
import    { confirmEmail as Mutation_confirmEmail } from './../resolvers/Mutation/confirmEmail.ts';
import    { logIn as Mutation_logIn } from './../resolvers/Mutation/logIn.ts';
import    { logOut as Mutation_logOut } from './../resolvers/Mutation/logOut.ts';
import    { refreshSession as Mutation_refreshSession } from './../resolvers/Mutation/refreshSession.ts';
import    { register as Mutation_register } from './../resolvers/Mutation/register.ts';
import    { requestEmailConfirmation as Mutation_requestEmailConfirmation } from './../resolvers/Mutation/requestEmailConfirmation.ts';
import    { revokeSession as Mutation_revokeSession } from './../resolvers/Mutation/revokeSession.ts';
import    { stopDigests as Mutation_stopDigests } from './../resolvers/Mutation/stopDigests.ts';
import    { updateProfile as Mutation_updateProfile } from './../resolvers/Mutation/updateProfile.ts';
import    { List } from './../resolvers/List.ts';
import    { MutedKeyword } from './../resolvers/MutedKeyword.ts';
import    { Notification } from './../resolvers/Notification.ts';
import    { Session } from './../resolvers/Session.ts';
import    { Tweet } from './../resolvers/Tweet.ts';
import    { User } from './../resolvers/User.ts';
import    { DateTime,URL } from '@starling/platform/graphql';
    export const resolvers: Resolvers = {
      Query: { node: Query_node,nodes: Query_nodes,sessions: Query_sessions,user: Query_user,userByUsername: Query_userByUsername,viewer: Query_viewer },
      Mutation: { changeEmail: Mutation_changeEmail,changePassword: Mutation_changePassword,changeUsername: Mutation_changeUsername,confirmEmail: Mutation_confirmEmail,logIn: Mutation_logIn,logOut: Mutation_logOut,refreshSession: Mutation_refreshSession,register: Mutation_register,requestEmailConfirmation: Mutation_requestEmailConfirmation,revokeSession: Mutation_revokeSession,stopDigests: Mutation_stopDigests,updateProfile: Mutation_updateProfile },
      
      List: List,
MutedKeyword: MutedKeyword,
Notification: Notification,
Session: Session,
Tweet: Tweet,
User: User,
DateTime: DateTime,
URL: URL
    }