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
];

/** Over the network only the application's role, and only with its password. */
export const HBA_FILE = `host ${DATABASE} ${ROLE} all scram-sha-256\n`;

/** What is done to a new data folder before it is kept as the template. */
export const FIRST_STATEMENTS = `CREATE ROLE ${ROLE} LOGIN;\nALTER DATABASE ${DATABASE} OWNER TO ${ROLE};\n`;

/** Parts of the package that a server runs with; the rest is for programs that are compiled against it. */
export const PROGRAM_PATTERNS: readonly RegExp[] = [
  /^bin\/(?:postgres|initdb)$/,
  /^lib\/(?!libecpg|libpgtypes)[^/]+\.so(?:\.\d+)*$/,
  /^lib\/postgresql\/(?:plpgsql|dict_snowball)\.so$/,
  /^share\//,
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
