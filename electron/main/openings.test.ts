import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import type { Opening } from './deep-link.ts';

const app = Object.assign(new EventEmitter(), { isPackaged: false });
vi.mock('electron', () => ({ app }));
const { collectOpenings } = await import('./openings.ts');

test('what comes before anybody follows is kept, in order, and what comes later is handed on', () => {
  const openings = collectOpenings();
  const event = { preventDefault: vi.fn() };
  app.emit('open-file', event, '/x/a.cleave');
  app.emit('open-url', event, 'CLEAVE://result/one');
  expect(event.preventDefault).toHaveBeenCalledTimes(2);
  const opened: Opening[][] = [];
  openings.follow((some) => opened.push(some));
  app.emit('second-instance', event, ['cleave', 'file:///y/b%20c.cleave-result', 'd.cleave'], '/z');
  app.emit('second-instance', event, ['cleave'], '/z');
  expect(opened).toEqual([
    [
      { kind: 'file', path: '/x/a.cleave' },
      { kind: 'result', id: 'one' },
    ],
    [
      { kind: 'file', path: '/y/b c.cleave-result' },
      { kind: 'file', path: '/z/d.cleave' },
    ],
  ]);
});
