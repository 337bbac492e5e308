import { afterAll, expect, it } from 'vitest';
import type { RuntimeKind } from '../../../engine/model/index.ts';
import { describeWithBrowser, shop } from '../shopper.ts';
import { leftovers } from './leftovers.ts';
import { makeHome, start } from './run.ts';

export const ownCut = 'own=front:storefront+cart+recommendations|back:catalog+inventory+payments+orders+notifications';

/** A person shops in a browser in what `up` deploys, cut in each of these ways. */
export function shopsIn(runtime: RuntimeKind, topologies: readonly string[], dockerHost: () => string | null): void {
  describeWithBrowser(`a person shops in what \`up\` deploys (${runtime})`, (browser) => {
    const home = makeHome();
    afterAll(() => home.remove());

    it.each(topologies)('%s', async (topology) => {
      const running = start(home, ['up', '--topology', topology, '--runtime', runtime]);
      await running.said(/Press Ctrl-C/);
      const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(running.text()) ?? [];
      try {
        await shop(browser(), url);
      } finally {
        running.child.kill('SIGINT');
      }
      expect((await running.ended).code).toBe(0);
      expect(await leftovers(home, dockerHost())).toEqual([]);
    });
  });
}
