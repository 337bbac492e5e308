import { createHash } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import type { Candidate } from './candidate.ts';
import type { DiscoveryHost } from './host.ts';

const configSchema = z.looseObject({ currentContext: z.string().optional() });
const metaSchema = z.looseObject({ Endpoints: z.looseObject({ docker: z.looseObject({ Host: z.string().min(1) }) }) });

/**
 * The endpoint of a Docker context by name, or (`name` null) of the one that `config.json` calls current. Empty when there is none or its
 * files cannot be read. Docker keeps a context's files in a folder named by the SHA-256 of the context's name.
 */
export async function dockerContext(host: DiscoveryHost, name: string | null, source: string): Promise<Candidate[]> {
  const paths = host.platform === 'win32' ? path.win32 : path.posix;
  const join = (...parts: string[]): string => paths.join(...parts);
  const configDir = configFolder(host, paths);
  if (configDir === null) return [];
  const wanted = name ?? parse(configSchema, await host.readText(join(configDir, 'config.json')))?.currentContext;
  if (wanted === undefined || wanted === '' || wanted === 'default') return [];
  const id = createHash('sha256').update(wanted).digest('hex');
  const meta = parse(metaSchema, await host.readText(join(configDir, 'contexts', 'meta', id, 'meta.json')));
  if (meta === null) return [];
  const certificates = join(configDir, 'contexts', 'tls', id, 'docker');
  const hasCertificates = (await host.readText(join(certificates, 'ca.pem'))) !== null;
  return [
    {
      source: `${source} "${wanted}"`,
      address: meta.Endpoints.docker.Host,
      certificates: hasCertificates ? certificates : null,
    },
  ];
}

/** Docker takes a relative one from where it is started; that would be another folder for the window and for the command line. */
function configFolder({ env, homeDir }: DiscoveryHost, paths: path.PlatformPath): string | null {
  const given = env['DOCKER_CONFIG'] ?? '';
  if (paths.isAbsolute(given)) return given;
  return paths.isAbsolute(homeDir) ? paths.join(homeDir, '.docker') : null;
}

function parse<T>(schema: z.ZodType<T>, text: string | null): T | null {
  if (text === null) return null;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
