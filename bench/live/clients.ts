import { type Answer, now, type Order } from './messages.ts';
import { type BenchSocket, openSocket } from './socket.ts';

/** Sockets that are opened at a time. */
const AT_ONCE = 100;
/** Of each event, the arrivals that are told: evenly spread over the sockets. */
const ARRIVALS_TOLD = 100;

interface Event {
  readonly message: Buffer;
  sockets: number;
  readonly arrivals: number[];
}

const sockets: BenchSocket[] = [];
/** Which event each socket gets next. */
let places = new Uint32Array(0);
let events: Event[] = [];

const tell = (answer: Answer) => process.send?.(answer);
const fail = (why: string) => tell({ did: 'fail', why });

/** Each socket has to get every event, in the same order and the same to the last byte. */
function take(socket: number, message: Buffer): void {
  const place = places[socket] ?? 0;
  places[socket] = place + 1;
  let event = events[place];
  if (!event) {
    event = { message: Buffer.from(message), sockets: 0, arrivals: [] };
    events[place] = event;
  }
  if (!event.message.equals(message)) return void fail(`Socket ${socket} got ${message} instead of ${event.message}`);
  event.sockets++;
  if (event.sockets % Math.ceil(sockets.length / ARRIVALS_TOLD) === 0) event.arrivals.push(now());
  if (event.sockets === sockets.length) tell({ did: 'event', text: String(event.message), arrivals: event.arrivals });
}

async function open(url: string, payload: object): Promise<void> {
  let acknowledge = () => {};
  const acknowledged = new Promise<void>((resolve) => {
    acknowledge = resolve;
  });
  let number: number | undefined;
  const socket = await openSocket(url, {
    message(message) {
      if (number === undefined) acknowledge();
      else take(number, message);
    },
    lost: (why) => fail(`Socket ${number} was lost: ${why}`),
  });
  socket.send('{"type":"connection_init"}');
  await acknowledged;
  number = sockets.push(socket) - 1;
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }));
}

async function obey(order: Order): Promise<void> {
  if (order.do === 'open') {
    for (let left = order.sockets; left > 0; left -= AT_ONCE) {
      await Promise.all(Array.from({ length: Math.min(left, AT_ONCE) }, () => open(order.url, order.payload)));
    }
  } else if (order.do === 'close') {
    for (const socket of sockets) socket.close();
    sockets.length = 0;
  }
  places = new Uint32Array(sockets.length);
  events = [];
  tell({ did: order.do });
}

process.on('message', (order: Order) => {
  obey(order).catch((error: unknown) => fail(String(error)));
});
process.on('disconnect', () => process.exit());
