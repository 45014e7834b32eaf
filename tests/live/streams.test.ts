import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest';
import { type Instances, type Streaming, startInstances } from './instances.ts';
import { openScene, type Scene } from './scene.ts';

describe('home, notifications, conversations and counts, through two gateways and two processes of each', () => {
  let instances: Instances;
  let scene: Scene;

  beforeAll(async () => {
    instances = await startInstances({});
  });
  afterAll(() => instances?.stop());

  beforeEach(async () => {
    scene = await openScene(instances, instances.doorOf(0));
    for (const gateway of [0, 1]) await scene.answer(gateway);
    await scene.heard();
  });
  afterEach(() => scene?.close());

  it('are told of everything once and in order, wherever it was done', async () => {
    for (let count = 0; count < 10; count++) await scene.answer(count % 2);
    await scene.heard();
    await scene.takeBack(1);
    await scene.heard();
    await scene.answer(0);
    await scene.heard();
  });

  it.each<Streaming>(['tweets', 'notifications'])(
    'go on with all of it when a process of %s dies, without the client noticing',
    async (name) => {
      const [served] = instances.subgraphs[name];
      await served?.kill();
      for (let count = 0; count < 4; count++) await scene.answer(1);
      await served?.recover();
      for (let count = 0; count < 4; count++) await scene.answerOnceTaken(count % 2);
      await scene.heard();
    },
  );

  it('go on with all of it when a gateway dies and the clients come back', async () => {
    const [gateway] = instances.gateways;
    await gateway?.kill();
    for (let count = 0; count < 4; count++) await scene.answer(1);
    await gateway?.recover();
    for (let count = 0; count < 4; count++) await scene.answer(count % 2);
    await scene.heardAll();
  });

  it('go on with all of it when PostgreSQL crashes, and takes back what was not on disk yet', async () => {
    for (let crash = 0; crash < 3; crash++) {
      for (let count = 0; count < 4; count++) await scene.answer(count % 2);
      await scene.heard();
      await instances.crashPostgres();
      for (const gateway of [0, 1]) await scene.answerOnceTaken(gateway);
    }
    await scene.heard();
  });

  it('give whoever comes back by the other gateway what was missed, and nothing else, also after crashes', async () => {
    scene.leave(0);
    for (let count = 0; count < 4; count++) await scene.answer(count % 2);
    await instances.crashPostgres();
    for (const gateway of [0, 1]) await scene.answerOnceTaken(gateway);
    for (const [, there] of Object.values(instances.subgraphs)) {
      await there?.kill();
      await there?.recover();
    }
    for (const gateway of [0, 1]) await scene.answerOnceTaken(gateway);
    scene.comeTo(1);
    await scene.heard();
  });
});
