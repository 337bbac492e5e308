import { fieldsOf, goodBody } from '../ask.ts';
import type { Bench, Unit } from '../bench.ts';
import { expectSame, NotMet, shown, type Requirement } from '../requirement.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const parentId = 'b7ad6b7169203331';

async function spansOf(unit: Unit): Promise<Readonly<Record<string, unknown>>[]> {
  const { spans } = fieldsOf(goodBody('GET /traces', await unit.control('GET', '/traces')));
  if (!Array.isArray(spans)) throw new NotMet('GET /traces', 'a list of spans', shown(spans));
  return spans.map(fieldsOf);
}

async function spansWith(bench: Bench, traceparent: string): Promise<Readonly<Record<string, unknown>>[]> {
  const unit = await bench.unit();
  await spansOf(unit);
  const { path, body } = bench.question;
  await unit.ask({ path, body, headers: { traceparent, 'x-caller': 'somebody' } });
  return spansOf(unit);
}

const numbers = ['startMs', 'durationMs', 'storeMs', 'serializationMs', 'bytesIn', 'bytesOut', 'queueMs'] as const;

export const traceRequirements: readonly Requirement[] = [
  {
    name: 'traces',
    title:
      'A request with a sampled traceparent makes one server span of its trace, which GET /traces hands over once.',
    check: async (bench) => {
      const unit = await bench.unit();
      const [span, ...more] = await spansWith(bench, `00-${traceId}-${parentId}-01`);
      if (span === undefined || more.length > 0)
        throw new NotMet('GET /traces after one sampled request', 'one span', String(more.length + (span ? 1 : 0)));
      const { operation, body } = bench.question;
      const about = {
        traceId,
        parentId,
        module: bench.module,
        operation: operation.name,
        caller: 'somebody',
        kind: 'server',
      };
      expectSame('the span', Object.fromEntries(Object.keys(about).map((name) => [name, span[name]])), about);
      if (!/^(?!0{16})[0-9a-f]{16}$/.test(String(span['spanId'])) || span['spanId'] === parentId)
        throw new NotMet('spanId of the span', '16 hexadecimal digits of its own', shown(span['spanId']));
      for (const name of numbers)
        if (typeof span[name] !== 'number' || span[name] < 0)
          throw new NotMet(`${name} of the span`, 'a number from 0', shown(span[name]));
      expectSame('bytesIn of the span', span['bytesIn'], Buffer.byteLength(body));
      expectSame('GET /traces again', await spansOf(unit), []);
    },
  },
  {
    name: 'traces-of-failures',
    title: 'A sampled request that fails makes a span, too.',
    check: async (bench) => {
      const unit = await bench.unit();
      const spans = await bench.during(unit, 'errors', { share: 1 }, () =>
        spansWith(bench, `00-${traceId}-${parentId}-01`),
      );
      expectSame('spans of a request that fails', spans.length, 1);
    },
  },
  {
    name: 'traceparent',
    title: 'A traceparent that is not sampled, or not one of the W3C, makes no span; one of a later version does.',
    check: async (bench) => {
      for (const [header, count] of [
        [`00-${traceId}-${parentId}-00`, 0],
        [`00-${traceId}-${parentId}-ff`, 1],
        [`cc-${traceId}-${parentId}-01-what-will-be`, 1],
        [`00-${traceId}-${parentId}-01-`, 0],
        [`ff-${traceId}-${parentId}-01`, 0],
        [`00-${'0'.repeat(32)}-${parentId}-01`, 0],
        [`00-${traceId}-${'0'.repeat(16)}-01`, 0],
        [`00-${traceId.toUpperCase()}-${parentId}-01`, 0],
        ['nonsense', 0],
      ] as const)
        expectSame(`spans of a request with traceparent ${header}`, (await spansWith(bench, header)).length, count);
    },
  },
];
