import { createHash } from 'node:crypto';
import type { Artifact, RunningUnit, Runtime, Site, UnitSource } from '../../engine/runtime/index.ts';

/** A unit that answers, calls others, crashes, eats memory and 200 ms of CPU time when asked; it counts its starts in its data directory. */
const PROGRAM = `import { createServer } from 'node:http';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
const { name, listen, data } = JSON.parse(process.env.TEST_UNIT);
appendFileSync(data + '/starts', 'x');
console.log('up', name);
process.on('SIGTERM', () => process.exit(0));
const kept = [];
const answer = {
  '/': () => 'hello from ' + name,
  '/starts': () => String(readFileSync(data + '/starts', 'utf8').length),
  '/crash': () => (setTimeout(() => { throw new Error('asked to crash'); }, 5), 'ok'),
  '/leak': () => (setInterval(() => kept.push(new Array(1_000_000).fill(Math.random())), 5), 'ok'),
  '/spin': () => { const { user, system } = process.cpuUsage(); for (;;) { const used = process.cpuUsage({ user, system }); if (used.user + used.system > 200_000) return 'ok'; } },
  '/root': () => { try { writeFileSync('/escape', ''); return 'wrote'; } catch (error) { return error.code; } },
  '/who': () => JSON.stringify({ uid: process.getuid?.(), argv: process.execArgv, options: process.env.NODE_OPTIONS ?? '' }),
};
createServer(async (request, response) => {
  const url = new URL(request.url, 'http://unit');
  const target = url.searchParams.get('url');
  try {
    response.end(target ? await (await fetch(target, { signal: AbortSignal.timeout(1500) })).text() : answer[url.pathname]());
  } catch (error) {
    response.statusCode = 502;
    response.end(String(error.cause?.code ?? error.name));
  }
}).listen(listen.port, listen.host);
`;

/** Memory that every test unit is given. */
export const UNIT_MEMORY_BYTES = 128 * 1024 * 1024;

export function testUnitSource(name: string, variation = ''): UnitSource {
  const bundle = Buffer.from(`${PROGRAM}// ${variation}\n`);
  const hash = createHash('sha256').update(bundle).digest('hex');
  return {
    unit: { name, modules: [name] },
    application: 'test',
    language: 'typescript',
    files: { 'unit.mjs': bundle },
    hash,
  };
}

/** Starts a test unit in a site; its artifact is built if need be. */
export async function startTestUnit(
  runtime: Runtime,
  site: Site,
  run: { session: string; run: string },
  name: string,
  options: { instance?: number; published?: boolean; publishedPort?: number; artifact?: Artifact } = {},
): Promise<RunningUnit> {
  const source = testUnitSource(name);
  const artifact = options.artifact ?? (await runtime.build(source, { fresh: false, run }));
  const { instance = 0 } = options;
  const { listen } = instance === 0 ? site.addressOf(name) : await site.addressOfInstance(name, instance);
  const environment = {
    TEST_UNIT: JSON.stringify({
      name: instance === 0 ? name : `${name} ${instance}`,
      ...{ listen, data: site.dataDirectory(name) },
    }),
  };
  return site.startUnit({
    unit: source.unit,
    ...{ instance, artifact },
    environment,
    memoryBytes: UNIT_MEMORY_BYTES,
    published: options.published ?? false,
    publishedPort: options.publishedPort,
  });
}
