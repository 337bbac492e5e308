import { prepareModules, knownModules, type Prepared, type Preparing, type Seed } from '../migrate.ts';
import type { PostgresSession } from './session.ts';

/** Where the kit keeps what it knows of the modules; no module has a name with an underscore. */
export const schemaOfKit = 'cleave_kit';
/** How long preparing may take, with waiting for others who do it, ms. */
export const prepareLimitMs = 60_000;
/** Rows that go to the server at once. */
const batch = 5000;
const codePointOrders: ReadonlySet<unknown> = new Set(['C', 'POSIX', 'C.UTF-8', 'C.utf8']);

/**
 * As `prepareModules`, with a schema a module. Whoever prepares the same modules waits until they are there; others do not wait for each other. Throws one sentence when the
 * database keeps text otherwise than in UTF-8 or sorts it otherwise than by code point.
 */
export async function prepareSchemas(
  session: PostgresSession,
  modules: readonly Prepared[],
  seed: Seed,
): Promise<Record<string, string>> {
  await assertPlainText(session);
  await alone(session, ['the kit'], async () => {
    await enterSchema(session, schemaOfKit);
    await session.tell(knownModules);
  });
  const names = modules.map(({ name }) => name);
  // In one order, so that nobody waits in a ring.
  return alone(session, names.toSorted(), () => prepareModules(preparing(session), modules, seed));
}

async function assertPlainText(session: PostgresSession): Promise<void> {
  const { rows } = await session.tell(
    "SELECT current_database() AS name, current_setting('server_encoding') AS encoding, datlocprovider::text AS provider, datcollate AS collate, to_jsonb(d) ->> 'datlocale' AS locale FROM pg_database d WHERE datname = current_database()",
  );
  const { name, encoding, provider, collate, locale } = rows[0] ?? {};
  const order = provider === 'c' ? collate : locale;
  if (encoding !== 'UTF8' || provider === 'i' || !codePointOrders.has(order))
    throw new Error(
      `the database "${name}" has the encoding ${encoding} and sorts as ${order}; it must be made with ENCODING 'UTF8' LOCALE 'C'`,
    );
}

/** Runs `work` in a transaction that nobody else who names one of `whats` can be in at the same time. */
async function alone<T>(session: PostgresSession, whats: readonly string[], work: () => Promise<T>): Promise<T> {
  await session.tell(`BEGIN; SET LOCAL statement_timeout = ${prepareLimitMs}; SET LOCAL lock_timeout = 0`);
  try {
    for (const what of whats)
      await session.ask('SELECT pg_advisory_xact_lock(hashtextextended(?, 0))', [`cleave ${what}`]);
    const result = await work();
    await session.tell('COMMIT');
    return result;
  } catch (error) {
    await session.tell('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** Tables are in that schema from here on, to the end of the transaction. */
async function enterSchema(session: PostgresSession, schema: string): Promise<void> {
  // What "IF NOT EXISTS" goes by may be older than what others have done before this one's turn; reading the table brings it up to date.
  const { rows } = await session.ask('SELECT nspname FROM pg_namespace WHERE nspname = ?', [schema]);
  if (rows.length === 0) await session.tell(`CREATE SCHEMA "${schema}"`);
  await session.tell(`SET LOCAL search_path = "${schema}", ${schemaOfKit}`);
}

function preparing(session: PostgresSession): Preparing {
  return {
    enter: (module) => enterSchema(session, module),
    async execute(sql) {
      await session.tell(sql);
    },
    all: async (sql, values) => (await session.ask(sql, values)).rows,
    run: async (sql, values) => (await session.ask(sql, values)).rowCount ?? 0,
    async insert(table, columns, rows) {
      const list = columns.join(', ');
      // The columns' own types, and one value however many rows there are.
      const sql = `INSERT INTO ${table} (${list}) SELECT ${list} FROM json_populate_recordset(NULL::${table}, ?)`;
      for (let from = 0; from < rows.length; from += batch) {
        const records = rows
          .slice(from, from + batch)
          .map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));
        await session.ask(sql, [JSON.stringify(records)]);
      }
      // The planner knows nothing of a new table, and whoever looks after that comes a minute later.
      await session.tell(`ANALYZE ${table}`);
    },
    async tables() {
      const { rows } = await session.tell(
        'SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()',
      );
      return rows.map(({ name }) => String(name));
    },
  };
}
