import type { FastifyInstance, FastifyReply } from 'fastify';
import { parse } from 'graphql';
import { z } from 'zod';
import type { Executor } from '../execution/executor.ts';

/** Where links in digests lead. */
const STOP_PATH = '/email/stop';
/** What a form or a mail program sends; nothing of it is read. */
const FORMS = ['application/x-www-form-urlencoded', 'multipart/form-data'];
const MAX_FORM_BYTES = 4_096;
const LONGEST_TOKEN = 128;

const STOP = parse(`mutation StopDigests($token: String!) {
  stopDigests(input: { token: $token }) { userErrors { code } }
}`);

const queryString = z.object({ token: z.string().max(LONGEST_TOKEN) });
const answer = z.object({ stopDigests: z.object({ userErrors: z.array(z.unknown()) }) });

interface Page {
  readonly status: number;
  readonly says: string;
  readonly button?: string;
}

const ASK: Page = { status: 200, says: 'Do you want no more notifications by email?', button: 'No more' };
const DONE: Page = { status: 200, says: 'You get no more notifications by email. Your settings begin them anew.' };
const NO_LINK: Page = { status: 400, says: 'This link is not whole: copy all of it.' };
const FAILED: Page = { status: 503, says: 'This did not work. Please try again later.' };

/** The form sends what is in the page's own address. */
function show(reply: FastifyReply, { status, says, button }: Page): FastifyReply {
  const form = button === undefined ? '' : `<form method="post"><button>${button}</button></form>`;
  reply.code(status).headers({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    // The address is a secret of whoever got the mail.
    'referrer-policy': 'no-referrer',
  });
  return reply.send(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Starling</title></head><body><p>${says}</p>${form}</body></html>\n`,
  );
}

/**
 * The page by which people end digests without logging in. Looking at it changes nothing, since programs look into links, too;
 * the button does, and so does a mail program that posts to it (RFC 8058).
 */
export function addStopDigestsPage(app: FastifyInstance, executor: Executor): void {
  app.register(async (page) => {
    page.addContentTypeParser(FORMS, { parseAs: 'string', bodyLimit: MAX_FORM_BYTES }, (_request, _body, done) =>
      done(null, undefined),
    );
    page.get(STOP_PATH, async (request, reply) =>
      show(reply, queryString.safeParse(request.query).success ? ASK : NO_LINK),
    );
    page.post(STOP_PATH, async (request, reply) => {
      const given = queryString.safeParse(request.query);
      if (!given.success) return show(reply, NO_LINK);
      const { data } = await executor.execute(
        { document: STOP, variables: given.data },
        { viewer: null, requestId: request.id },
      );
      const stopped = answer.safeParse(data);
      if (!stopped.success) return show(reply, FAILED);
      return show(reply, stopped.data.stopDigests.userErrors.length > 0 ? NO_LINK : DONE);
    });
  });
}
