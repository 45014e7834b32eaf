import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askGraphql } from '../home-page/home-page.ts';

export const REPLIES = 100;

const POST = `mutation ($input: PostTweetInput!) {
  postTweet(input: $input) { tweet { id } userErrors { code message } }
}`;

interface Posted {
  readonly postTweet: { readonly tweet: { readonly id: string } | null; readonly userErrors: readonly unknown[] };
}

/** The id of a tweet with a hundred answers of all these people; written once, and found again. */
export async function longConversation(folder: string, url: string, tokens: readonly string[]): Promise<string> {
  const note = join(folder, 'conversation.txt');
  if (existsSync(note)) return readFile(note, 'utf8');
  const post = async (input: object, token = tokens[0]) => {
    const { postTweet } = await askGraphql<Posted>(url, POST, { input }, token);
    if (!postTweet.tweet) throw new Error(`A tweet was refused: ${JSON.stringify(postTweet.userErrors)}`);
    return postTweet.tweet.id;
  };
  const root = await post({ text: 'What do you all think of conversations?' });
  for (let number = 1; number <= REPLIES; number += 1) {
    await post({ text: `Answer ${number} of a hundred.`, replyToTweetId: root }, tokens[number % tokens.length]);
  }
  await writeFile(note, root);
  return root;
}
