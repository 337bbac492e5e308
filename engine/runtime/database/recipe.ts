import { createHash } from 'node:crypto';
import { LAUNCHER_PROGRAM } from './launcher.ts';

/** The PostgreSQL of every deployment that wants a server; the version of the npm packages that hold its programs. */
export const PACKAGE_VERSION = '18.4.0-beta.17';

/** As people say it. */
export const POSTGRES_TITLE = 'PostgreSQL 18';

/** What a server writes when it takes connections, after its first start and after every other. */
export const DATABASE_IS_UP = 'database system is ready to accept connections';

/** Who owns the data folder inside the server; nobody logs in as it over the network. */
export const SUPERUSER = 'cleave';
/** As whom the application's units log in, and what they log in to. */
export const ROLE = 'application';
export const DATABASE = 'postgres';

/** How a data folder is made. Small WAL segments, for it is copied for every deployment; no collation of the machine's own, which would differ. */
export const INITDB_ARGUMENTS: readonly string[] = [
  `--username=${SUPERUSER}`,
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--auth-local=trust',
  '--auth-host=scram-sha-256',
  '--wal-segsize=1',
  '--no-sync',
  '--no-instructions',
  '--set=timezone=UTC',
  '--set=log_timezone=UTC',
];

/** Over the network only the application's role, and only with its password. */
export const HBA_FILE = `host ${DATABASE} ${ROLE} all scram-sha-256\n`;

/** What is done to a new data folder before it is kept as the template, a line each. The databases that others would be made from are two thirds of its files, and nobody makes any. */
export const FIRST_STATEMENTS = [
  `CREATE ROLE ${ROLE} LOGIN;`,
  `ALTER DATABASE ${DATABASE} OWNER TO ${ROLE};`,
  ...['template0', 'template1'].flatMap((name) => [
    `ALTER DATABASE ${name} WITH IS_TEMPLATE false;`,
    `DROP DATABASE ${name};`,
  ]),
  '',
].join('\n');

/** Parts of the package that a server runs with, in one time zone; the rest is for programs that are compiled against it, and for extensions. */
export const PROGRAM_PATTERNS: readonly RegExp[] = [
  /^bin\/(?:postgres|initdb)$/,
  /^lib\/(?!libecpg|libpgtypes)[^/]+\.so(?:\.\d+)*$/,
  /^lib\/postgresql\/(?:plpgsql|dict_snowball)\.so$/,
  /^share\/postgresql\/(?!extension\/|timezone\/)/,
  /^share\/postgresql\/extension\/plpgsql/,
  /^share\/postgresql\/timezone\/(?:GMT|UTC|Etc\/(?:GMT|UTC))$/,
];

/** Hash of everything that decides what programs and template are, except the system number that PostgreSQL draws for each data folder. */
export function databaseRecipe(architecture: string): string {
  const recipe = {
    ...{ architecture, PACKAGE_VERSION, INITDB_ARGUMENTS, HBA_FILE, FIRST_STATEMENTS, LAUNCHER_PROGRAM },
    patterns: PROGRAM_PATTERNS.map(String),
    revision: 1,
  };
  return createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 16);
}
