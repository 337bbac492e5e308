import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DatabaseServer } from '../../configuration.ts';
import { systemContext, withTransaction, withinMs, type CallContext } from '../../context.ts';
import { describePostgres } from '../../testing/stores.ts';
import { Tracer, type Span } from '../../trace.ts';
import type { Database } from '../database.ts';
import { PostgresStore } from './store.ts';

const counters = {
  name: 'counters',
  migrations: ['CREATE TABLE counters_all (name TEXT PRIMARY KEY, value BIGINT NOT NULL)'],
};
const seed = { value: 1, sizes: {} };
const spanned = (): CallContext & { span: Span } => {
  const about = { module: 'counters', operation: 'o', caller: 'c', kind: 'local' } as const;
  return { ...systemContext, span: new Tracer().start({ traceId: '1', spanId: null }, about) };
};

describePostgres('a store on a server', (server) => {
  let address: DatabaseServer;
  const stores: PostgresStore[] = [];
  const open = (change: Partial<DatabaseServer> = {}, limits?: { startMs?: number; endMs?: number }): PostgresStore => {
    const store = new PostgresStore({ ...address, ...change }, ['counters'], limits);
    stores.push(store);
    return store;
  };
  /** One more instance of the unit. */
  const instance = async (connections = 2): Promise<Database> => {
    const store = open({ connections });
    await store.prepare([counters], seed);
    return store.bind('counters', () => false);
  };
  beforeEach(async () => {
    address = await server().create();
  });
  afterEach(() => Promise.all(stores.splice(0).map((store) => store.close())));

  const set = (database: Database, name: string, value: number, context: CallContext = systemContext) =>
    database.run(
      context,
      'INSERT INTO counters_all (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      ...[name, value],
    );
  const get = async (database: Database, name: string, context: CallContext = systemContext) =>
    (await database.get<{ value: number }>(context, 'SELECT value FROM counters_all WHERE name = ?', name))?.value;
  const add = (database: Database, name: string, context: CallContext = systemContext) =>
    database.run(context, 'UPDATE counters_all SET value = value + 1 WHERE name = ?', name);
  /** What is in the middle of a transaction that has changed a counter, and how to end it. */
  async function holding(database: Database, name: string): Promise<() => Promise<void>> {
    let end = (): void => undefined;
    let held = Promise.resolve();
    await new Promise<void>((begun) => {
      held = database.transaction(systemContext, async (inside) => {
        await add(database, name, inside);
        begun();
        await new Promise<void>((resolve) => {
          end = resolve;
        });
      });
    });
    return () => {
      end();
      return held;
    };
  }
  const connections = async (): Promise<number> => {
    const sql = `SELECT COUNT(*)::int AS n FROM pg_stat_activity WHERE datname = '${address.name}' AND application_name = 'cleave'`;
    return Number((await server().query(address, sql))[0]!['n']);
  };
  const until = async (holds: () => Promise<boolean>): Promise<void> => {
    while (!(await holds()));
  };

  describe('transactions of several instances', () => {
    it('lets out no more connections than a fault leaves it, and all again when that ends', async () => {
      const store = open({ connections: 3 });
      await store.prepare([counters], seed);
      const database = store.bind('counters', () => false);
      await set(database, 'a', 1);
      const end = await holding(database, 'b');
      // One is out and two are kept back: with that one the unit has what it is left.
      const undo = store.limitConnections(1);
      await expect(get(database, 'a', withinMs(systemContext, 50))).rejects.toMatchObject({ code: 'deadline' });
      const waiting = get(database, 'a');
      await end();
      expect(await waiting).toBe(1);
      const endAgain = await holding(database, 'b');
      await expect(get(database, 'a', withinMs(systemContext, 50))).rejects.toMatchObject({ code: 'deadline' });
      undo();
      expect(await Promise.all([get(database, 'a'), get(database, 'a')])).toEqual([1, 1]);
      await endAgain();
    });

    it('keeps back what is out when a fault begins as it comes back', async () => {
      const store = open({ connections: 2 });
      await store.prepare([counters], seed);
      const database = store.bind('counters', () => false);
      const ends = [await holding(database, 'a'), await holding(database, 'b')];
      const undo = store.limitConnections(1);
      await Promise.all(ends.map((end) => end()));
      const end = await holding(database, 'a');
      await expect(get(database, 'a', withinMs(systemContext, 50))).rejects.toMatchObject({ code: 'deadline' });
      undo();
      expect(await get(database, 'nothing')).toBeUndefined();
      await end();
    });

    it('that read and then write lose nothing', async () => {
      const instances = await Promise.all([instance(), instance(), instance()]);
      await set(instances[0], 'sum', 0);
      const addOne = (database: Database): Promise<void> =>
        database.transaction(systemContext, async (inside) => {
          const value = (await get(database, 'sum', inside)) ?? 0;
          await set(database, 'sum', value + 1, inside);
        });
      await Promise.all(Array.from({ length: 30 }, (_, index) => addOne(instances[index % 3]!)));
      expect(await get(instances[0], 'sum')).toBe(30);
    });

    it('that make the same thing when there is none yet make it once, and the others find it', async () => {
      const instances = await Promise.all([instance(), instance(), instance()]);
      const make = (database: Database): Promise<string> =>
        database.transaction(systemContext, async (inside) => {
          if ((await get(database, 'one', inside)) !== undefined) return 'found';
          await database.run(inside, 'INSERT INTO counters_all (name, value) VALUES (?, 1)', 'one');
          return 'made';
        });
      const outcomes = await Promise.all(instances.map(make));
      expect(outcomes.toSorted()).toEqual(['found', 'found', 'made']);
    });

    it('begin anew as a whole when a call within them comes too late', async () => {
      const [one, other] = [await instance(), await instance()];
      await set(one, 'a', 0);
      const attempts: (number | undefined)[] = [];
      await one.transaction(systemContext, async (inside) => {
        attempts.push(await get(one, 'a', inside));
        await set(one, 'b', attempts.length, inside);
        if (attempts.length === 1) await add(other, 'a');
        const scope = inside.transaction!.scope();
        await add(one, 'a', withTransaction(inside, scope)).catch(() => undefined);
        inside.transaction!.endScope(scope, 'undo');
      });
      expect(attempts).toEqual([0, 1]);
      expect([await get(one, 'a'), await get(one, 'b')]).toEqual([1, 2]);
    });

    it('that wait for each other in a ring all come to an end', async () => {
      const [one, other] = [await instance(), await instance()];
      await set(one, 'a', 0);
      await set(one, 'b', 0);
      let both = 0;
      let go = (): void => undefined;
      const met = new Promise<void>((resolve) => {
        go = resolve;
      });
      const addBoth = (database: Database, [first, second]: readonly [string, string]): Promise<void> =>
        database.transaction(systemContext, async (inside) => {
          await add(database, first, inside);
          if (++both >= 2) go();
          await met;
          await add(database, second, inside);
        });
      await Promise.all([addBoth(one, ['a', 'b']), addBoth(other, ['b', 'a'])]);
      expect([await get(one, 'a'), await get(one, 'b')]).toEqual([2, 2]);
    });

    it('say what was in the way when there is no time for another attempt', async () => {
      const [one, other] = [await instance(), await instance()];
      await set(one, 'a', 0);
      let beaten = 0;
      const late = one.transaction(withinMs(systemContext, 500), async (inside) => {
        await get(one, 'a', inside);
        await add(other, 'a');
        beaten++;
        await add(one, 'a', inside);
      });
      const code = expect.stringMatching(/^(store-unavailable|deadline)$/) as string;
      await expect(late).rejects.toMatchObject({ code, retryable: true });
      expect(beaten).toBeGreaterThan(0);
      expect(await get(one, 'a')).toBe(beaten);
    });
  });

  describe('connections', () => {
    it('are as many as allowed at most, and waiting for one is time in a line', async () => {
      const database = await instance(2);
      await set(database, 'a', 0);
      const end = await holding(database, 'a');
      const contexts = Array.from({ length: 20 }, spanned);
      const reads = contexts.map((context) => get(database, 'a', context));
      expect(await Promise.all(reads)).toEqual(reads.map(() => 0));
      expect(await connections()).toBe(2);
      expect(contexts.at(-1)!.span.queueMs).toBeGreaterThan(contexts.at(-1)!.span.storeMs);
      await end();
    });

    it('are not waited for beyond the deadline, and not lost when one comes later', async () => {
      const database = await instance(1);
      await set(database, 'a', 0);
      const end = await holding(database, 'a');
      await expect(get(database, 'a', withinMs(systemContext, 20))).rejects.toMatchObject({ code: 'deadline' });
      await end();
      expect(await get(database, 'a')).toBe(1);
    });

    it('come back when nobody waits for their statement any more', async () => {
      const [holder, database] = [await instance(), await instance(1)];
      await set(holder, 'a', 0);
      const end = await holding(holder, 'a');
      await expect(add(database, 'a', withinMs(systemContext, 20))).rejects.toMatchObject({ code: 'deadline' });
      const waiting = database.transaction(withinMs(systemContext, 20), (inside) => add(database, 'a', inside));
      await expect(waiting).rejects.toMatchObject({ code: 'deadline' });
      await end();
      expect(await get(database, 'a')).toBe(1);
      expect(await connections()).toBeLessThanOrEqual(3);
    });

    it('are ended at the end, once what is under way is done', async () => {
      const store = open();
      await store.prepare([counters], seed);
      const database = store.bind('counters', () => false);
      await set(database, 'a', 0);
      const end = await holding(database, 'a');
      const closed = store.close();
      await expect(get(database, 'a')).rejects.toMatchObject({ code: 'store-unavailable' });
      await end();
      await closed;
      await until(async () => (await connections()) === 0);
      expect(await get(await instance(), 'a')).toBe(1);
    });
  });

  it('ends in time although somebody never gives a connection back', async () => {
    const store = open({}, { endMs: 50 });
    await store.prepare([counters], seed);
    const database = store.bind('counters', () => false);
    await set(database, 'a', 0);
    const end = await holding(database, 'a');
    await store.close();
    await until(async () => (await connections()) === 0);
    await expect(end()).rejects.toMatchObject({ code: 'store-unavailable' });
    expect(await get(await instance(), 'a')).toBe(0);
  });

  describe('a server', () => {
    const outages = { 'is killed': 'kill', 'is shut down': 'shutDown' } as const;
    it.each(Object.entries(outages))(
      'that %s is out of reach until it is back, and nothing half done is left',
      async (_what, how) => {
        const database = await instance();
        await set(database, 'a', 0);
        await set(database, 'b', 0);
        let again = false;
        const work = database.transaction(systemContext, async (inside) => {
          if (again) throw new Error('begun again');
          again = true;
          await add(database, 'a', inside);
          await server()[how]();
          await add(database, 'b', inside);
        });
        await expect(work).rejects.toMatchObject({ code: 'store-unavailable', retryable: true });
        await expect(get(database, 'a')).rejects.toMatchObject({ code: 'store-unavailable' });
        await expect(add(database, 'a')).rejects.toMatchObject({ code: 'store-unavailable' });
        await server().start();
        expect(await get(database, 'a')).toBe(0);
        expect(await add(database, 'b')).toBe(1);
        expect(await connections()).toBeLessThanOrEqual(2);
      },
    );

    it('that hangs is waited for until the deadline, and serves when it hangs no more', async () => {
      const database = await instance();
      await set(database, 'a', 0);
      await server().whileHanging(async () => {
        const late = Array.from({ length: 4 }, () => get(database, 'a', withinMs(systemContext, 50)));
        for (const outcome of await Promise.allSettled(late))
          expect(outcome).toMatchObject({ reason: { code: 'deadline' } });
      });
      expect(await get(database, 'a')).toBe(0);
      expect(await connections()).toBeLessThanOrEqual(2);
    });

    it('that starts later than the unit is waited for', async () => {
      await server().kill();
      const prepared = open().prepare([counters], seed);
      await server().start();
      expect(Object.keys(await prepared)).toEqual(['counters']);
    });

    it('that does not come, or refuses, is told of in one sentence', async () => {
      const nobody = open({ port: 9 }, { startMs: 100 });
      await expect(nobody.prepare([counters], seed)).rejects.toThrow(
        `the database "${address.name}" at 127.0.0.1:9 could not be reached within 0.1 s: connect ECONNREFUSED 127.0.0.1:9`,
      );
      const stranger = open({ password: 'wrong' });
      await expect(stranger.prepare([counters], seed)).rejects.toThrow(
        `the database "${address.name}" at 127.0.0.1:${address.port} refuses "${address.user}": password authentication failed`,
      );
      const nowhere = open({ name: 'nowhere' });
      await expect(nowhere.prepare([counters], seed)).rejects.toThrow('database "nowhere" does not exist');
    });

    it('must keep text as UTF-8 and sort it by code point', async () => {
      await server().query(address, "CREATE DATABASE ascii TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'");
      const store = open({ name: 'ascii' });
      await expect(store.prepare([counters], seed)).rejects.toThrow(
        `the database "ascii" has the encoding SQL_ASCII and sorts as C; it must be made with ENCODING 'UTF8' LOCALE 'C'`,
      );
      await store.close();
      await server().query(address, 'DROP DATABASE ascii');
    });

    it('has a schema for each module', async () => {
      await instance();
      const sql = `SELECT schemaname AS schema, tablename AS table FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`;
      expect(await server().query(address, sql)).toEqual([
        { schema: 'cleave_kit', table: 'kit_modules' },
        { schema: 'counters', table: 'counters_all' },
      ]);
    });
  });
});
