import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../engines/processes.ts';
import { startTestKafka, type TestKafka } from '../support/kafka.ts';
import { send } from '../support/send.ts';
import { type Instances, startInstances } from './instances.ts';
import { homeOf, Reader } from './reader.ts';
import { openScene, type Scene } from './scene.ts';

const LAG = /^starling_event_log_kafka_lag_events\{[^}]*\} (\d+)$/gm;

/** How many events of Kafka a process has still to read, by consumer; undefined when Kafka does not say. */
async function lagsOf(url: string): Promise<number[] | undefined> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const lags = [...metrics.matchAll(LAG)].map(([, lag]) => Number(lag));
  return lags.length === 0 ? undefined : lags;
}

/** Instances on so many brokers, for the tests of a suite. */
function startedOn(count: 1 | 3) {
  const running = {} as { kafka: TestKafka; instances: Instances; scene?: Scene };

  beforeAll(async () => {
    running.kafka = await startTestKafka(count);
    running.instances = await startInstances({ KAFKA_BROKERS: running.kafka.brokers.join(',') });
  }, 240_000);
  afterAll(async () => {
    await running.instances?.stop();
    await running.kafka?.stop();
  });
  afterEach(() => running.scene?.close());

  /** Everything has come by way of Kafka, so that nothing of it comes any more. */
  const caughtUp = () =>
    until('everything has been read from Kafka', async () => {
      const processes = Object.values(running.instances.subgraphs).flat();
      const lags = await Promise.all(processes.map(({ url }) => lagsOf(url)));
      return lags.every((each) => each?.every((lag) => lag === 0) === true);
    });

  return {
    running,
    caughtUp,
    async begin(): Promise<Scene> {
      const scene = await openScene(running.instances, running.instances.doorOf(0));
      running.scene = scene;
      for (const gateway of [0, 1]) await scene.answer(gateway);
      await scene.heard();
      await caughtUp();
      return scene;
    },
  };
}

describe('several instances, on three brokers', () => {
  const { running, caughtUp, begin } = startedOn(3);

  it('go on by way of Kafka when one of them is gone for good', async () => {
    const scene = await begin();
    await running.kafka.kill(0);
    for (let answer = 0; answer < 6; answer++) {
      await scene.answer(answer % 2);
      await scene.heard();
    }
    await caughtUp();
    await scene.answer(0);
    await scene.heard();
  });
});

describe('several instances, on one broker', () => {
  const { running, caughtUp, begin } = startedOn(1);

  it('go on without Kafka as they do with it, and tell nothing twice when it is back on its port', async () => {
    const scene = await begin();
    await running.kafka.kill();
    for (let answer = 0; answer < 6; answer++) {
      await scene.answer(answer % 2);
      await scene.heard();
    }
    await running.kafka.restart();
    for (let answer = 0; answer < 4; answer++) await scene.answer(answer % 2);
    await scene.heard();
    await caughtUp();
    for (const gateway of [0, 1]) await scene.answer(gateway);
    await scene.heard();
    await caughtUp();
    await scene.heard();
  });

  it('go on when processes die, too, and begin anew while Kafka is away', async () => {
    const scene = await begin();
    await running.kafka.kill();
    await scene.answer(0);
    for (const [here] of Object.values(running.instances.subgraphs)) {
      await here?.kill();
      await scene.answer(1);
      await here?.recover();
      for (const gateway of [0, 1]) await scene.answerOnceTaken(gateway);
      await scene.heard();
    }
    await running.kafka.restart();
    await caughtUp();
    for (const gateway of [0, 1]) await scene.answer(gateway);
    await scene.heard();
  });

  it('end the streams of a session that ends while Kafka is away, at both gateways', async () => {
    const { instances, kafka } = running;
    const person = await instances.doorOf(0).register('leaves');
    const readers = [0, 1].map(
      (gateway) => new Reader(instances.urlOf(gateway), person.accessToken, homeOf(person.id)),
    );
    await person.post('Here I am');
    for (const reader of readers) await reader.until('Here I am');
    await kafka.kill();
    const logOut = 'mutation ($token: String!) { logOut(input: { refreshToken: $token }) { userErrors { code } } }';
    const { data } = await send(instances.urlOf(0), logOut, { token: person.refreshToken }, person.accessToken);
    expect(data).toEqual({ logOut: { userErrors: [] } });
    await until('both sockets are closed', async () => readers.every(({ closes }) => closes.length > 0));
    expect(readers.map(({ closes }) => closes)).toEqual([[4403], [4403]]);
    await kafka.restart();
  });
});
