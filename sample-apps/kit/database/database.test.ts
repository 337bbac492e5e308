import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemContext, withinMs } from '../context.ts';
import { isBusy, whenFree } from './busy.ts';
import { bindDatabase, type Database } from './database.ts';
import { prepareDatabase, type Prepared } from './migrate.ts';
import { Store } from './store.ts';

let directory: string;
let store: Store;
let database: Database;
let out = false;
const things: Prepared = {
  name: 'things',
  migrations: ['CREATE TABLE things_rows (id INTEGER PRIMARY KEY, text TEXT NOT NULL)'],
};
const seed = { value: 1, sizes: {} };

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'store-'));
  store = new Store(directory);
  prepareDatabase(store.writer, [things], seed);
  out = false;
  database = bindDatabase(store, 'things', () => out);
});
afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true });
});

const count = async (context = systemContext): Promise<number> =>
  (await database.get<{ n: number }>(context, 'SELECT COUNT(*) AS n FROM things_rows'))?.n ?? -1;
const insert = (text: string, context = systemContext): Promise<number> =>
  database.run(context, 'INSERT INTO things_rows (text) VALUES (?)', text);

describe('a transaction', () => {
  it('is seen by readers outside only when it is committed', async () => {
    await database.transaction(systemContext, async (inside) => {
      await insert('a', inside);
      expect(await count(inside)).toBe(1);
      expect(await count()).toBe(0);
    });
    expect(await count()).toBe(1);
  });

  it('is undone when its work rejects', async () => {
    const work = database.transaction(systemContext, async (inside) => {
      await insert('a', inside);
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await count()).toBe(0);
  });

  it('waits for its turn, and single writes do too', async () => {
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

  it('joins the transaction of its caller', async () => {
    const work = database.transaction(systemContext, async (outer) => {
      await database.transaction(outer, (inner) => insert('a', inner));
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await count()).toBe(0);
  });

  it('takes no writes after its end', async () => {
    let kept = systemContext;
    await database.transaction(systemContext, async (inside) => {
      kept = inside;
    });
    await expect(insert('late', kept)).rejects.toThrow('the transaction has ended');
    expect(await count()).toBe(0);
  });

  it('undoes one call alone, and closes it for latecomers', async () => {
    await database.transaction(systemContext, async (inside) => {
      await insert('kept', inside);
      const outer = inside.transaction!;
      const scope = outer.scope();
      await insert('undone', { ...inside, transaction: scope });
      await expect(insert('interleaved', inside)).rejects.toThrow('must follow one another');
      outer.endScope(scope, 'undo');
      await expect(insert('late', { ...inside, transaction: scope })).rejects.toThrow('the transaction has ended');
    });
    expect(await database.all(systemContext, 'SELECT text FROM things_rows')).toEqual([{ text: 'kept' }]);
  });
});

describe('a store that another instance of the unit has open too', () => {
  let other: Database;
  let otherStore: Store;
  beforeEach(() => {
    otherStore = new Store(directory);
    other = bindDatabase(otherStore, 'things', () => false);
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

describe('a store out of reach', () => {
  it('fails reads, writes and commits', async () => {
    out = true;
    await expect(count()).rejects.toMatchObject({ code: 'store-unavailable' });
    await expect(insert('a')).rejects.toMatchObject({ code: 'store-unavailable' });
    out = false;
    const work = database.transaction(systemContext, async (inside) => {
      await insert('a', inside);
      out = true;
    });
    await expect(work).rejects.toMatchObject({ code: 'store-unavailable' });
    out = false;
    expect(await count()).toBe(0);
  });
});

describe('preparing', () => {
  it('refuses tables that are not the module`s own', () => {
    const thief: Prepared = { name: 'thief', migrations: ['CREATE TABLE things_more (id INTEGER)'] };
    expect(() => prepareDatabase(store.writer, [thief], seed)).toThrow('module "thief" creates table "things_more"');
  });

  it('leaves alone what a newer release has brought when an older one comes beside it or after it', () => {
    const release = (tables: number): Prepared => ({
      name: 'grown',
      migrations: Array.from({ length: tables }, (_, index) => `CREATE TABLE grown_${index} (id INTEGER)`),
    });
    const applied = [1, 3, 1, 2, 3].map((tables) => {
      prepareDatabase(store.writer, [release(tables)], seed);
      return store.reader.get('SELECT migrations FROM kit_modules WHERE module = ?', ['grown'])?.['migrations'];
    });
    expect(applied).toEqual([1, 3, 3, 3, 3]);
  });

  it('seeds once, and the hash tells the data apart', () => {
    const module = (text: string): Prepared => ({
      name: 'seeded',
      migrations: ['CREATE TABLE seeded_rows (text TEXT)'],
      seed: (writer) => writer.insert('seeded_rows', ['text'], [[text]]),
    });
    const first = prepareDatabase(store.writer, [module('a')], seed);
    expect(prepareDatabase(store.writer, [module('a')], seed)).toEqual(first);
    expect(store.reader.all('SELECT text FROM seeded_rows', [])).toEqual([{ text: 'a' }]);
    const other = new Store(join(directory, 'other'));
    expect(prepareDatabase(other.writer, [module('b')], seed)).not.toEqual(first);
    other.close();
  });
});
