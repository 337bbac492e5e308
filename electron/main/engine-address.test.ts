import { expect, it } from 'vitest';
import { assertTrusted } from './engine-address.ts';

const address = 'unix:///tmp/engine.sock';

/** What was asked of the person, and whether the address got through. */
async function tried(judgement: { problem: string | null; discovered: boolean }, answer: boolean) {
  const asked: string[] = [];
  const checks = {
    judge: async () => judgement,
    confirm: async (text: string) => {
      asked.push(text);
      return answer;
    },
  };
  const outcome = await assertTrusted(address, checks).then(
    () => 'let through',
    (error: unknown) => String(error),
  );
  return { asked, outcome };
}

it('lets through what was discovered, without a question', async () => {
  expect(await tried({ problem: null, discovered: true }, false)).toEqual({ asked: [], outcome: 'let through' });
});

it('asks about any other, and believes the answer', async () => {
  expect(await tried({ problem: null, discovered: false }, true)).toEqual({ asked: [address], outcome: 'let through' });
  const refused = await tried({ problem: null, discovered: false }, false);
  expect(refused.asked).toEqual([address]);
  expect(refused.outcome).toContain('The engine address was not changed.');
});

it('refuses what cannot be one, without a question', async () => {
  const { asked, outcome } = await tried({ problem: 'It is on another machine.', discovered: false }, true);
  expect(asked).toEqual([]);
  expect(outcome).toContain('Field "engineAddress": It is on another machine.');
});
