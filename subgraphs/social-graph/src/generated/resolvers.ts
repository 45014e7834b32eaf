/* This file was automatically generated. DO NOT UPDATE MANUALLY. */
    import type   { Resolvers } from './types.ts';
    import    { blockedUsers as Query_blockedUsers } from './../resolvers/Query/blockedUsers.ts';
import    { followRequests as Query_followRequests } from './../resolvers/Query/followRequests.ts';
import    { list as Query_list } from './../resolvers/Query/list.ts';
import    { mutedKeywords as Query_mutedKeywords } from './../resolvers/Query/mutedKeywords.ts';
import    { mutedUsers as Query_mutedUsers } from './../resolvers/Query/mutedUsers.ts';
import    { suggestedUsers as Query_suggestedUsers } from './../resolvers/Query/suggestedUsers.ts';
import    { addListMember as Mutation_addListMember } from './../resolvers/Mutation/addListMember.ts';
import    { approveFollowRequest as Mutation_approveFollowRequest } from './../resolvers/Mutation/approveFollowRequest.ts';
import    { blockUser as Mutation_blockUser } from './../resolvers/Mutation/blockUser.ts';
import    { createList as Mutation_createList } from './../resolvers/Mutation/createList.ts';
import    { declineFollowRequest as Mutation_declineFollowRequest } from './../resolvers/Mutation/declineFollowRequest.ts';
import    { deleteList as Mutation_deleteList } from './../resolvers/Mutation/deleteList.ts';
import    { dismissSuggestion as Mutation_dismissSuggestion } from './../resolvers/Mutation/dismissSuggestion.ts';
import    { followUser as Mutation_followUser } from './../resolvers/Mutation/followUser.ts';
import    { muteKeyword as Mutation_muteKeyword } from './../resolvers/Mutation/muteKeyword.ts';
import    { muteUser as Mutation_muteUser } from './../resolvers/Mutation/muteUser.ts';
import    { removeFollower as Mutation_removeFollower } from './../resolvers/Mutation/removeFollower.ts';
import    { removeListMember as Mutation_removeListMember } from './../resolvers/Mutation/removeListMember.ts';
import    { unblockUser as Mutation_unblockUser } from './../resolvers/Mutation/unblockUser.ts';
import    { unfollowUser as Mutation_unfollowUser } from './../resolvers/Mutation/unfollowUser.ts';
import    { unmuteKeyword as Mutation_unmuteKeyword } from './../resolvers/Mutation/unmuteKeyword.ts';
import    { unmuteUser as Mutation_unmuteUser } from './../resolvers/Mutation/unmuteUser.ts';
import    { updateList as Mutation_updateList } from './../resolvers/Mutation/updateList.ts';
import    { List } from './../resolvers/List.ts';
import    { MutedKeyword } from './../resolvers/MutedKeyword.ts';
import    { User } from './../resolvers/User.ts';
import    { DateTime,URL } from '@starling/platform/graphql';
    export const resolvers: Resolvers = {
      Query: { blockedUsers: Query_blockedUsers,followRequests: Query_followRequests,list: Query_list,mutedKeywords: Query_mutedKeywords,mutedUsers: Query_mutedUsers,suggestedUsers: Query_suggestedUsers },
      Mutation: { addListMember: Mutation_addListMember,approveFollowRequest: Mutation_approveFollowRequest,blockUser: Mutation_blockUser,createList: Mutation_createList,declineFollowRequest: Mutation_declineFollowRequest,deleteList: Mutation_deleteList,dismissSuggestion: Mutation_dismissSuggestion,followUser: Mutation_followUser,muteKeyword: Mutation_muteKeyword,muteUser: Mutation_muteUser,removeFollower: Mutation_removeFollower,removeListMember: Mutation_removeListMember,unblockUser: Mutation_unblockUser,unfollowUser: Mutation_unfollowUser,unmuteKeyword: Mutation_unmuteKeyword,unmuteUser: Mutation_unmuteUser,updateList: Mutation_updateList },
      
      List: List,
MutedKeyword: MutedKeyword,
User: User,
DateTime: DateTime,
URL: URL
    }