import { expectRefusal, fieldsOf, goodBody } from '../ask.ts';
import { expectSame, type Requirement } from '../requirement.ts';

export const loadRequirements: readonly Requirement[] = [
  {
    name: 'in-flight',
    title: 'A request is in flight as long as somebody waits for its answer, and no longer.',
    check: async (bench) => {
      const unit = await bench.unit();
      await bench.during(unit, 'hang', {}, async () => {
        const gone = new AbortController();
        const waiting = bench.askWell(unit, { signal: gone.signal });
        await bench.awaitInFlight(unit, 1);
        gone.abort();
        await waiting;
        await bench.awaitInFlight(unit, 0);
      });
    },
  },
  {
    name: 'load-shedding',
    title:
      'With settings.resilience.loadShedding a request beyond that many in flight is refused with 503 shed, and health is not.',
    check: async (bench) => {
      const unit = await bench.startUnit({ settings: { resilience: { loadShedding: { inFlight: 2 } } } });
      await bench
        .during(unit, 'hang', {}, async () => {
          const held = [bench.askWell(unit), bench.askWell(unit)];
          await bench.awaitInFlight(unit, 2);
          expectRefusal('a third request with two in flight', await bench.askWell(unit), {
            ...{ status: 503, code: 'shed', retryable: true },
          });
          goodBody('GET /health/ready meanwhile', await unit.ask({ method: 'GET', path: '/health/ready' }));
          const { policies } = await bench.metrics(unit);
          expectSame('policies.shed of GET /metrics', fieldsOf(policies)['shed'], 1);
          return held;
        })
        .then((held) => Promise.all(held));
      await unit.end();
    },
  },
];
