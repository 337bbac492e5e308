/** Never run: the fake engine has programs of its own. */
export function startUnit(modules: Record<string, unknown>): void {
  process.stdout.write(Object.keys(modules).join());
}

const json = (schema: object) => ({ content: { 'application/json': { schema } } });

/** One operation a module, which answers with how a call of it was treated. */
export function describeModules(title: string, modules: readonly string[]): unknown {
  const paths = modules.map((module) => [
    `/${module}/ask`,
    {
      post: {
        ...{ operationId: `${module}.ask`, summary: title, 'x-repeat': module === 'work' ? 'with-key' : 'safe' },
        requestBody: json({ type: 'object', properties: { number: { type: 'integer' } } }),
        responses: { 200: json({ type: 'object', required: ['outcome'] }) },
      },
    },
  ]);
  return { openapi: '3.1.0', info: { title, version: '1' }, paths: Object.fromEntries(paths) as unknown };
}
