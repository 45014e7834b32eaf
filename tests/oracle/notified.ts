import { type Act, keyOf } from './acts.ts';
import type { Model } from './model.ts';

/** What an account is told of under one name: groups are cut by time as well, which the model leaves to the clock. */
export interface Notified {
  readonly key: string;
  readonly kind: Act['kind'];
  readonly tweet: string | null;
  /** What is told of it, the latest first; never empty. */
  readonly shown: readonly Act[];
  /** The same with what was undone or is hidden: a place in the list does not move because somebody thinks better of it. */
  readonly ever: readonly Act[];
}

export function stands(model: Model, { kind, actor, recipient, tweet }: Act): boolean {
  if (kind === 'LIKE') return model.hasLiked(actor, tweet ?? '');
  if (kind === 'RETWEET') return model.hasRetweeted(actor, tweet ?? '');
  if (kind === 'FOLLOW') return model.standing(actor, recipient).isFollowing;
  if (kind === 'FOLLOW_REQUEST') return model.standing(actor, recipient).hasRequestedToFollow;
  return true;
}

function isShown(model: Model, act: Act): boolean {
  const { recipient: viewer, kind, actor, tweet } = act;
  if (!stands(model, act) || !model.mayHear(viewer, actor, kind)) return false;
  if (tweet === null) return true;
  const about = model.tweet(tweet);
  return about !== undefined && !model.isDeleted(tweet) && !model.saysMuted(viewer, about);
}

/** All that an account is told of at this moment. */
export function notificationsOf(model: Model, viewer: string): Notified[] {
  const ever = new Map<string, Act[]>();
  for (const act of model.acts.to(viewer)) ever.set(keyOf(act), [...(ever.get(keyOf(act)) ?? []), act]);
  return [...ever].flatMap(([key, acts]): Notified[] => {
    const [act] = acts;
    const shown = acts.filter((one) => isShown(model, one));
    return act === undefined || shown.length === 0
      ? []
      : [{ key, kind: act.kind, tweet: act.tweet, shown, ever: acts }];
  });
}
