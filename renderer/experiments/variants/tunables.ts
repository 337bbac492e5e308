import { own, type Application, type Settings } from '../../../engine/model/index.ts';
import { formatExact } from '../../../report/index.ts';

type Tunables = Settings['tunables'];

/** Sets one; null or the application's own value leaves it to the application, so that it counts as no difference. */
export function withTunable(
  tunables: Tunables,
  application: Application,
  name: string,
  value: number | null,
): Tunables {
  const rest = Object.fromEntries(Object.entries(tunables).filter(([other]) => other !== name));
  return value === null || value === own(application.tunables, name)?.default ? rest : { ...rest, [name]: value };
}

/** What is set, in one line. */
export function tunablesSentence(tunables: Tunables): string {
  const set = Object.entries(tunables).map(([name, value]) => `${name} ${formatExact(value)}`);
  return set.length === 0 ? 'as the application has it' : set.join(', ');
}
