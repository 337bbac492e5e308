import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemContext, withinMs } from '../../context.ts';
import type { Database } from '../database.ts';
import { isBusy, whenFree } from './busy.ts';
import { SqliteStore } from './store.ts';

let directory: string;
let store: SqliteStore;
let database: Database;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'store-'));
  store = new SqliteStore(directory);
  const migrations = ['CREATE TABLE things_rows (id INTEGER PRIMARY KEY, text TEXT NOT NULL)'];
  await store.prepare([{ name: 'things', migrations }], { value: 1, sizes: {} });
  database = store.bind('things', () => false);
});
afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true });
});

const count = async (context = systemContext): Promise<number> =>
  (await database.get<{ n: number }>(context, 'SELECT COUNT(*) AS n FROM things_rows'))?.n ?? -1;
const insert = (text: string, context = systemContext): Promise<number> =>
  database.run(context, 'INSERT INTO things_rows (text) VALUES (?)', text);

it('a transaction waits for its turn, and single writes do too', async () => {
  const slow = database.transaction(systemContext, async (inside) => {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    await insert('first', inside);
  });
  const single = insert('second');
  const third = database.transaction(systemContext, (inside) => insert('third', inside));
  await Promise.all([slow, single, third]);
  const rows = await database.all<{ text: string }>(systemContext, 'SELECT text FROM things_rows ORDER BY id');
  expect(rows.map(({ text }) => text)).toEqual(['first', 'second', 'third']);
});

describe('a store that another instance of the unit has open too', () => {
  let other: Database;
  let otherStore: SqliteStore;
  beforeEach(() => {
    otherStore = new SqliteStore(directory);
    other = otherStore.bind('things', () => false);
  });
  afterEach(() => otherStore.close());

  /** The other one is in the middle of a transaction. */
  function hold(): { done: () => Promise<void> } {
    let end = (): void => undefined;
    const held = other.transaction(systemContext, async (inside) => {
      await other.run(inside, "INSERT INTO things_rows (text) VALUES ('of the other')");
      await new Promise<void>((resolve) => {
        end = resolve;
      });
    });
    return {
      done: () => {
        end();
        return held;
      },
    };
  }
  const texts = async (): Promise<string[]> =>
    (await database.all<{ text: string }>(systemContext, 'SELECT text FROM things_rows ORDER BY id')).map(
      ({ text }) => text,
    );

  it('waits for its turn, and everything else in the process goes on', async () => {
    const held = hold();
    const ends: string[] = [];
    const writes = [
      insert('single').finally(() => ends.push('single')),
      database.transaction(systemContext, (inside) => insert('inside', inside)).finally(() => ends.push('transaction')),
    ];
    // It is read meanwhile, again and again, and timers fire.
    for (let round = 0; round < 5; round++) {
      await new Promise((resolve) => {
        setTimeout(resolve, 1);
      });
      expect(await count()).toBe(0);
    }
    expect(ends).toEqual([]);
    await held.done();
    await Promise.all(writes);
    expect(await texts()).toEqual(['of the other', 'single', 'inside']);
  });

  it('does not wait beyond the deadline of the write', async () => {
    const held = hold();
    await expect(insert('late', withinMs(systemContext, 10))).rejects.toMatchObject({ code: 'deadline' });
    await held.done();
    expect(await texts()).toEqual(['of the other']);
  });

  it('gives up after a while', async () => {
    const held = hold();
    const begin = whenFree(() => store.writer.execute('BEGIN IMMEDIATE'), 5);
    await expect(begin).rejects.toSatisfy(isBusy);
    await held.done();
  });
});
