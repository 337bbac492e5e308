import { expectRefusal, goodBody } from '../ask.ts';
import type { Requirement } from '../requirement.ts';

export const headerRequirements: readonly Requirement[] = [
  {
    name: 'deadline-header',
    title: 'x-deadline-ms is 1 to 9 decimal digits, else 400 bad-input; 0 is 504 deadline.',
    check: async (bench) => {
      const unit = await bench.unit();
      const ask = (value: string) => bench.askWell(unit, { headers: { 'x-deadline-ms': value } });
      for (const good of ['5000', '000900', '999999999']) goodBody(`x-deadline-ms: ${good}`, await ask(good));
      for (const bad of ['', '0x100', '1e3', '10.5', '+1000', '-1', '1_000', 'Infinity', '9'.repeat(10)])
        expectRefusal(`x-deadline-ms: "${bad}"`, await ask(bad), { status: 400, code: 'bad-input', retryable: false });
      expectRefusal('x-deadline-ms: 0', await ask('0'), { status: 504, code: 'deadline', retryable: true });
    },
  },
  {
    name: 'deadline-passed',
    title: 'A call that was held longer than its caller waits is refused with 504 deadline and does nothing.',
    check: async (bench) => {
      const unit = await bench.unit();
      await bench.during(unit, 'slow', { delayMs: 150 }, async () => {
        const headers = { 'x-deadline-ms': '50' };
        expectRefusal('x-deadline-ms: 50 of a call that is held for 150 ms', await bench.askWell(unit, { headers }), {
          ...{ status: 504, code: 'deadline', retryable: true },
        });
        const inTime = { 'x-deadline-ms': '5000' };
        goodBody('x-deadline-ms: 5000 of the same', await bench.askWell(unit, { headers: inTime }));
      });
    },
  },
  {
    name: 'key-header',
    title:
      'Idempotency-Key is 1 to 64 letters, digits, hyphens or underscores, with or without quotes; else 400 bad-input.',
    check: async (bench) => {
      const unit = await bench.unit();
      const ask = (key: string) => bench.askWell(unit, { headers: { 'idempotency-key': key } });
      for (const good of ['a-key_1', '"a-key"', 'x'.repeat(64)]) goodBody(`Idempotency-Key: ${good}`, await ask(good));
      for (const bad of ['a b', '', '"', '"a', 'x'.repeat(65)])
        expectRefusal(`Idempotency-Key: ${bad}`, await ask(bad), { status: 400, code: 'bad-input', retryable: false });
    },
  },
];
