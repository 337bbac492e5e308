import { expect, test, vi } from 'vitest';

vi.mock('electron', () => ({ app: {} }));
const { debuggingSwitch } = await import('./debugging.ts');

test.each(['remote-debugging-port', 'remote-debugging-pipe', 'remote-debugging-address', 'remote-allow-origins'])(
  '--%s is refused',
  (name) => {
    expect(debuggingSwitch((one) => one === name)).toBe(name);
  },
);

test('other options are none of its business', () => {
  expect(debuggingSwitch((one) => one === 'user-data-dir' || one === 'no-sandbox')).toBeUndefined();
});
