import { setTimeout as delay } from 'node:timers/promises';
import { goodBody } from '../ask.ts';
import { NotMet, type Requirement } from '../requirement.ts';

const endsWithinMs = 5000;

export const endingFaults: readonly Requirement[] = [
  {
    name: 'fault-crash',
    title: 'crash is answered and then ends the process with a status other than 0; started again it is as before.',
    check: async (bench) => {
      const unit = await bench.unit();
      await bench.inject(unit, { id: 'crash', kind: 'crash', parameters: {} });
      const ending = await Promise.race([unit.process.ended, delay(endsWithinMs, undefined, { ref: false })]);
      if (ending === undefined) throw new NotMet('crash', 'the end of the process', 'none');
      if (ending.code === null || ending.code === 0 || ending.code === 2)
        throw new NotMet('crash', 'its end with a status other than 0 and 2', String(ending.code ?? ending.signal));
      goodBody('a request after another start', await bench.askWell(await bench.unit()));
      return `status ${ending.code}`;
    },
  },
];
