import { createRandom } from '../../engine/model/index.ts';
import { asFastAsCanBe, expect, noEngine, test, type RunningApp } from './support/fixture.ts';
import { killPoints } from './support/kill-points.ts';
import { killHost, killMain, killPage, type Victim } from './support/victims.ts';
import { everythingWhole } from './support/whole.ts';

// Whoever of the three processes dies, and whatever is being done at that moment: nothing that somebody typed, measured or saved is lost.

test.describe.configure({ timeout: 1_500_000 });

const seed = 20_261_127;
const victims: [name: string, kill: Victim][] = [
  ['the page', killPage],
  ['the main process', killMain],
  ['the engine host', killHost],
];

for (const [name, kill] of victims) {
  test(`${name} is killed at every point, and nothing is lost`, { tag: '@full' }, async ({ launch }) => {
    let app = await launch({ environment: noEngine, scripted: true, speed: asFastAsCanBe });
    for (const point of shuffled(await killPoints(app), name)) {
      await test.step(point.what, async () => {
        const seen = await point.begin(app);
        app = await kill(app);
        await point.holds(app, seen, name === 'the page');
        await everythingWhole(app);
      });
    }
  });
}

test(
  'the main process and the engine host are killed while a result is being renamed, and it is there under one of its names',
  { tag: '@wide' },
  async ({ launch }) => {
    let app: RunningApp = await launch({ environment: noEngine, scripted: true });
    const renaming = (await killPoints(app)).find(({ what }) => what === 'renaming a result');
    if (renaming === undefined) throw new Error('there is no such point');
    for (const kill of [killHost, killMain]) {
      const seen = await renaming.begin(app);
      app = await kill(app);
      await renaming.holds(app, seen, false);
      await everythingWhole(app);
    }
    expect(app.errors).toEqual([]);
  },
);

/** The same order every time, another for each victim. */
function shuffled<T>(items: readonly T[], name: string): T[] {
  const random = createRandom(seed, name);
  return items
    .map((item) => ({ item, at: random.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
