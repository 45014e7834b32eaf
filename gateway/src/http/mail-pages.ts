import type { FastifyInstance, FastifyReply } from 'fastify';
import { type DocumentNode, parse } from 'graphql';
import { z } from 'zod';
import type { Executor } from '../execution/executor.ts';

/** What a form or a mail program sends; nothing of it is read. */
const FORMS = ['application/x-www-form-urlencoded', 'multipart/form-data'];
const MAX_FORM_BYTES = 4_096;
const LONGEST_TOKEN = 128;

const queryString = z.object({ token: z.string().max(LONGEST_TOKEN) });
const answer = z.object({ payload: z.object({ userErrors: z.array(z.object({ code: z.string() })) }) });

interface Page {
  readonly status: number;
  readonly says: string;
  readonly button?: string;
}

const NO_LINK: Page = { status: 400, says: 'This link is not whole: copy all of it.' };
const EXPIRED: Page = {
  status: 410,
  says: 'This link was used already, or is too old. Your settings send another one.',
};
const FAILED: Page = { status: 503, says: 'This did not work. Please try again later.' };

/** A page to which links in mails lead. */
interface MailPage {
  readonly path: string;
  readonly ask: Page;
  readonly done: Page;
  /** What the button does; its only variable is `$token`. */
  readonly mutation: DocumentNode;
}

const mutation = (name: string) =>
  parse(`mutation ${name[0]?.toUpperCase()}${name.slice(1)}($token: String!) {
    payload: ${name}(input: { token: $token }) { userErrors { code } }
  }`);

const PAGES: readonly MailPage[] = [
  {
    path: '/email/stop',
    ask: { status: 200, says: 'Do you want no more notifications by email?', button: 'No more' },
    done: { status: 200, says: 'You get no more notifications by email. Your settings begin them anew.' },
    mutation: mutation('stopDigests'),
  },
  {
    path: '/email/confirm',
    ask: { status: 200, says: 'Is this your email address on Starling?', button: 'Yes, it is mine' },
    done: { status: 200, says: 'Your email address is confirmed.' },
    mutation: mutation('confirmEmail'),
  },
];

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
 * The pages by which people who got a mail do what its link is for, without logging in. Looking at one changes nothing, since
 * programs look into links, too; the button does, and so does a mail program that posts to it (RFC 8058).
 */
export function addMailPages(app: FastifyInstance, executor: Executor): void {
  app.register(async (pages) => {
    pages.addContentTypeParser(FORMS, { parseAs: 'string', bodyLimit: MAX_FORM_BYTES }, (_request, _body, done) =>
      done(null, undefined),
    );
    for (const { path, ask, done, mutation: document } of PAGES) {
      pages.get(path, async (request, reply) =>
        show(reply, queryString.safeParse(request.query).success ? ask : NO_LINK),
      );
      pages.post(path, async (request, reply) => {
        const given = queryString.safeParse(request.query);
        if (!given.success) return show(reply, NO_LINK);
        const { data } = await executor.execute(
          { document, variables: given.data },
          { viewer: null, requestId: request.id },
        );
        const told = answer.safeParse(data);
        if (!told.success) return show(reply, FAILED);
        const [error] = told.data.payload.userErrors;
        if (!error) return show(reply, done);
        return show(reply, error.code === 'EXPIRED' ? EXPIRED : NO_LINK);
      });
    }
  });
}
