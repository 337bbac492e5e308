import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemContext, withinMs, type CallContext } from '../context.ts';
import { describeStores, sharedDatabase, type SharedDatabase } from '../testing/index.ts';
import { Tracer, type Span } from '../trace.ts';
import type { Database, Store } from './database.ts';
import type { Prepared } from './migrate.ts';

const things: Prepared = {
  name: 'things',
  migrations: ['CREATE TABLE things_rows (text TEXT PRIMARY KEY, size BIGINT NOT NULL)'],
};
const seed = { value: 1, sizes: {} };
const spanned = (): CallContext & { span: Span } => {
  const about = { module: 'things', operation: 'o', caller: 'c', kind: 'local' } as const;
  return { ...systemContext, span: new Tracer().start({ traceId: '1', spanId: null }, about) };
};

describeStores((kind) => {
  let shared: SharedDatabase;
  let store: Store;
  let database: Database;
  let out = false;
  beforeEach(async () => {
    shared = sharedDatabase(things, await kind.database());
    store = shared.store();
    await store.prepare([things], seed);
    out = false;
    database = store.bind('things', () => out);
  });
  afterEach(() => shared.close());

  const texts = async (context = systemContext): Promise<string[]> =>
    (await database.all<{ text: string }>(context, 'SELECT text FROM things_rows ORDER BY text')).map(
      ({ text }) => text,
    );
  const insert = (text: string, context = systemContext): Promise<number> =>
    database.run(context, 'INSERT INTO things_rows (text, size) VALUES (?, ?)', text, 0);

  describe('a transaction', () => {
    it('is seen by readers outside only when it is committed', async () => {
      await database.transaction(systemContext, async (inside) => {
        await insert('a', inside);
        expect(await texts(inside)).toEqual(['a']);
        expect(await texts()).toEqual([]);
      });
      expect(await texts()).toEqual(['a']);
    });

    it('is undone when its work rejects', async () => {
      const work = database.transaction(systemContext, async (inside) => {
        await insert('a', inside);
        throw new Error('changed my mind');
      });
      await expect(work).rejects.toThrow('changed my mind');
      expect(await texts()).toEqual([]);
    });

    it('joins the transaction of its caller', async () => {
      const work = database.transaction(systemContext, async (outer) => {
        await database.transaction(outer, (inner) => insert('a', inner));
        throw new Error('no');
      });
      await expect(work).rejects.toThrow('no');
      expect(await texts()).toEqual([]);
    });

    it('takes no writes after its end', async () => {
      let kept = systemContext;
      await database.transaction(systemContext, async (inside) => {
        kept = inside;
      });
      await expect(insert('late', kept)).rejects.toThrow('the transaction has ended');
      expect(await texts()).toEqual([]);
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
      expect(await texts()).toEqual(['kept']);
    });

    it('keeps calls within calls, and undoes the outer one with what the inner one did', async () => {
      await database.transaction(systemContext, async (inside) => {
        const root = inside.transaction!;
        for (const [name, outcome] of [
          ['first', 'keep'],
          ['second', 'undo'],
          ['third', 'keep'],
        ] as const) {
          const scope = root.scope();
          const inner = scope.scope();
          await insert(`${name}-inner`, { ...inside, transaction: inner });
          scope.endScope(inner, 'keep');
          await insert(name, { ...inside, transaction: scope });
          root.endScope(scope, outcome);
        }
      });
      expect(await texts()).toEqual(['first', 'first-inner', 'third', 'third-inner']);
    });

    it('can only be undone once a statement has failed, and so can a call`s part of it', async () => {
      await insert('a');
      const twice = database.transaction(systemContext, async (inside) => {
        await insert('b', inside);
        await insert('a', inside).catch(() => undefined);
        await insert('c', inside);
      });
      await expect(twice).rejects.toThrow('a statement of the transaction has failed');
      const swallowed = database.transaction(systemContext, async (inside) => {
        await insert('a', inside).catch(() => undefined);
      });
      await expect(swallowed).rejects.toThrow('a statement of the transaction has failed');
      await database.transaction(systemContext, async (inside) => {
        const root = inside.transaction!;
        const scope = root.scope();
        await insert('a', { ...inside, transaction: scope }).catch(() => undefined);
        expect(() => root.endScope(scope, 'keep')).toThrow('its part of the transaction is undone');
        await insert('d', inside);
      });
      expect(await texts()).toEqual(['a', 'd']);
    });

    it('does what it does as if no other were there: every count is of a state that was', async () => {
      const takeOne = (): Promise<number> =>
        database.transaction(systemContext, async (inside) => {
          const found = await texts(inside);
          await insert(`row-${found.length}`, inside);
          return found.length;
        });
      const found = await Promise.all(Array.from({ length: 6 }, takeOne));
      expect(found.toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
      expect(await texts()).toHaveLength(6);
    });
  });

  describe('statements', () => {
    it('give numbers for whole numbers of any size, counts and sums, and 1 and 0 for what is true and false', async () => {
      const atMs = Date.UTC(2026, 0, 1);
      await database.run(
        systemContext,
        'INSERT INTO things_rows (text, size) VALUES (?, ?), (?, ?)',
        'a',
        atMs,
        'b',
        1,
      );
      const sql =
        'SELECT COUNT(*) AS count, SUM(size) AS sum, MAX(size) AS max, COALESCE(MAX(size), 0) > ? AS more, MIN(size) > ? AS less, MAX(NULL) AS none FROM things_rows';
      expect(await database.get(systemContext, sql, 5, 5)).toEqual({
        ...{ count: 2, sum: atMs + 1, max: atMs, more: 1, less: 0, none: null },
      });
    });

    it('sort text by code point and know where a prefix ends', async () => {
      for (const text of ['b', 'B', 'a', 'Z', 'é', 'ab', 'a b', 'a-c', '😀', '｡']) await insert(text);
      expect(await texts()).toEqual(['B', 'Z', 'a', 'a b', 'a-c', 'ab', 'b', 'é', '｡', '😀']);
      const sql = 'SELECT text FROM things_rows WHERE text >= ? AND text < ? ORDER BY text';
      expect(await database.all(systemContext, sql, 'a', 'a\u{10ffff}')).toEqual(
        ['a', 'a b', 'a-c', 'ab'].map((text) => ({ text })),
      );
    });

    it('tell how many rows they changed', async () => {
      const put = 'INSERT INTO things_rows (text, size) VALUES (?, ?) ON CONFLICT (text) DO NOTHING';
      expect(await database.run(systemContext, put, 'a', 1)).toBe(1);
      expect(await database.run(systemContext, put, 'a', 2)).toBe(0);
      expect(await database.run(systemContext, 'UPDATE things_rows SET size = size + ? WHERE text <> ?', 1, '?')).toBe(
        1,
      );
      expect(await database.get(systemContext, "SELECT size, '?' AS mark FROM things_rows -- ?")).toEqual({
        ...{ size: 2, mark: '?' },
      });
    });

    it('add their time to the span', async () => {
      const context = spanned();
      await insert('a', context);
      await database.transaction(context, (inside) => insert('b', inside));
      expect(await texts(context)).toEqual(['a', 'b']);
      expect(context.span.storeMs).toBeGreaterThan(0);
    });

    it('are not begun when there is no time left', async () => {
      const late = withinMs(systemContext, 0);
      await expect(database.transaction(late, (inside) => insert('a', inside))).rejects.toMatchObject({
        code: 'deadline',
      });
      expect(await texts()).toEqual([]);
    });
  });

  describe('a store out of reach', () => {
    it('fails reads, writes and commits', async () => {
      out = true;
      await expect(texts()).rejects.toMatchObject({ code: 'store-unavailable' });
      await expect(insert('a')).rejects.toMatchObject({ code: 'store-unavailable' });
      out = false;
      const work = database.transaction(systemContext, async (inside) => {
        await insert('a', inside);
        out = true;
      });
      await expect(work).rejects.toMatchObject({ code: 'store-unavailable' });
      out = false;
      expect(await texts()).toEqual([]);
    });
  });

  describe('preparing', () => {
    const known = (module: string): Promise<unknown> =>
      database.get(systemContext, 'SELECT migrations FROM kit_modules WHERE module = ?', module);

    it('refuses tables that are not the module`s own', async () => {
      const thief: Prepared = { name: 'thief', migrations: ['CREATE TABLE things_more (id INTEGER)'] };
      await expect(store.prepare([thief], seed)).rejects.toThrow('module "thief" creates table "things_more"');
    });

    it('leaves alone what a newer release has brought when an older one comes beside it or after it', async () => {
      const release = (tables: number): Prepared => ({
        name: 'grown',
        migrations: Array.from({ length: tables }, (_, index) => `CREATE TABLE grown_${index} (id INTEGER)`),
      });
      const applied: unknown[] = [];
      for (const tables of [1, 3, 1, 2, 3]) {
        await store.prepare([release(tables)], seed);
        applied.push(await known('grown'));
      }
      expect(applied).toEqual([1, 3, 3, 3, 3].map((migrations) => ({ migrations })));
    });

    it('undoes all of it when a part fails', async () => {
      const broken: Prepared = {
        name: 'broken',
        migrations: ['CREATE TABLE broken_rows (id INTEGER)', 'CREATE TABLE broken_rows (id INTEGER)'],
      };
      await expect(store.prepare([broken], seed)).rejects.toThrow('broken_rows');
      expect(await known('broken')).toBeUndefined();
      await store.prepare([{ name: 'broken', migrations: ['CREATE TABLE broken_rows (id INTEGER)'] }], seed);
    });

    it('is done once when several instances start at once, and the hash tells the data apart', async () => {
      const module = (name: string, text: string): Prepared => ({
        name,
        migrations: [`CREATE TABLE ${name}_rows (text TEXT, size INTEGER)`],
        seed: (writer) =>
          writer.insert(
            `${name}_rows`,
            ['text', 'size'],
            [
              [text, 1],
              [null, 2],
            ],
          ),
      });
      const stores = [store, shared.store(), shared.store()];
      const hashes = await Promise.all(
        stores.map((one) => one.prepare([module('things', 'a'), module('more', 'a')], seed)),
      );
      expect(new Set(hashes.map((hash) => JSON.stringify(hash))).size).toBe(1);
      expect(await store.prepare([module('more', 'b')], seed)).toEqual({ more: hashes[0]!['more'] });
      const other = await shared.store().prepare([module('another', 'b')], seed);
      expect(other['another']).not.toBe(hashes[0]!['more']);
      // The hash is of what was given, on every store.
      expect(hashes[0]!['more']).toBe(createHash('sha256').update('more_rows(text,size)\na\t1\n\t2').digest('hex'));
    });
  });
});
