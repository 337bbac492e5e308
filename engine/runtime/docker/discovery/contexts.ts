import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { BrokenChoice, Candidate } from './candidate.ts';
import { configurationFolder, pathsOf } from './configuration.ts';
import type { DiscoveryHost } from './host.ts';

const configSchema = z.looseObject({ currentContext: z.string().optional() });
const metaSchema = z.looseObject({ Endpoints: z.looseObject({ docker: z.looseObject({ Host: z.string().min(1) }) }) });

/** The name of Docker's own context, which has no files: the default socket. */
export const defaultContext = 'default';

/** What `config.json` calls the current context; undefined where it names none, or cannot be read. */
export async function currentContext(host: DiscoveryHost): Promise<string | undefined> {
  const folder = configurationFolder(host);
  if (folder === null) return undefined;
  const text = await host.readText(pathsOf(host).join(folder, 'config.json'));
  return parse(configSchema, text)?.currentContext || undefined;
}

/** The endpoint of a Docker context by its name. Docker keeps a context's files in a folder named by the SHA-256 of that. */
export async function dockerContext(
  host: DiscoveryHost,
  name: string,
  source: string,
): Promise<Candidate | BrokenChoice> {
  const paths = pathsOf(host);
  const folder = configurationFolder(host);
  // As text of a program: a name may end in a blank that nobody sees.
  const title = `${source} ${JSON.stringify(name)}`;
  const nextStep =
    source === 'DOCKER_CONTEXT'
      ? 'Set DOCKER_CONTEXT to one that "docker context ls" lists, or unset it.'
      : 'Choose one that "docker context ls" lists, with "docker context use".';
  const id = createHash('sha256').update(name).digest('hex');
  const text = folder === null ? null : await host.readText(paths.join(folder, 'contexts', 'meta', id, 'meta.json'));
  if (folder === null || text === null)
    return { source: title, problem: `there is no such context in ${folder ?? 'any folder of this user'}`, nextStep };
  const meta = parse(metaSchema, text);
  if (meta === null) return { source: title, problem: `its description in ${folder} names no engine`, nextStep };
  const certificates = paths.join(folder, 'contexts', 'tls', id, 'docker');
  const files = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map((file) => host.readText(paths.join(certificates, file))),
  );
  return {
    source: title,
    address: meta.Endpoints.docker.Host,
    certificates: files.some((file) => file !== null) ? certificates : null,
  };
}

function parse<T>(schema: z.ZodType<T>, text: string | null): T | null {
  if (text === null) return null;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
