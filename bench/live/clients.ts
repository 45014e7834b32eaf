import { WebSocket } from 'ws';
import { type Answer, now, type Order } from './messages.ts';

/** Sockets that are opened at a time. */
const AT_ONCE = 100;
/** Of each event, the arrivals that are told: evenly spread over the sockets. */
const ARRIVALS_TOLD = 100;

interface Event {
  readonly text: string;
  sockets: number;
  readonly arrivals: number[];
}

const sockets: WebSocket[] = [];
/** Which event each socket gets next. */
let places = new Uint32Array(0);
let events: Event[] = [];

const tell = (answer: Answer) => process.send?.(answer);
const fail = (why: string) => tell({ did: 'fail', why });

/** Each socket has to get every event, in the same order and the same to the last byte. */
function take(socket: number, text: string): void {
  const place = places[socket] ?? 0;
  places[socket] = place + 1;
  let event = events[place];
  if (!event) {
    event = { text, sockets: 0, arrivals: [] };
    events[place] = event;
  }
  if (event.text !== text) return void fail(`Socket ${socket} got ${text} instead of ${event.text}`);
  event.sockets++;
  if (event.sockets % Math.ceil(sockets.length / ARRIVALS_TOLD) === 0) event.arrivals.push(now());
  if (event.sockets === sockets.length) tell({ did: 'event', text, arrivals: event.arrivals });
}

function open(url: string, payload: object): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false });
    const number = sockets.push(socket) - 1;
    let acknowledged = false;
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('error', reject);
    socket.on('close', (code) => {
      if (code !== 1000) fail(`Socket ${number} was closed with ${code}.`);
    });
    socket.on('message', (data) => {
      if (acknowledged) return take(number, String(data));
      acknowledged = true;
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }));
      resolve();
    });
  });
}

async function obey(order: Order): Promise<void> {
  if (order.do === 'open') {
    for (let left = order.sockets; left > 0; left -= AT_ONCE) {
      await Promise.all(Array.from({ length: Math.min(left, AT_ONCE) }, () => open(order.url, order.payload)));
    }
  } else if (order.do === 'close') {
    for (const socket of sockets)
      socket
        .removeAllListeners('close')
        .on('error', () => {})
        .terminate();
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
