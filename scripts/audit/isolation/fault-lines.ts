import type { ResultFile } from '../result-file.ts';
import { chosenRounds } from '../rounds.ts';
import { outcomeOf } from './fault.ts';
import { overDeployments } from './over-deployments.ts';

/** What the audit finds of each fault, also what no file has as a number: one line a deployment, and the cells over all deployments of a variant. */
export function faultLines(result: ResultFile): string[] {
  const { rounds, application, experiment } = result;
  const labels = [...new Set(rounds.flatMap(({ isolation }) => isolation.map(({ label }) => label)))];
  return labels.flatMap((label) =>
    experiment.variants.flatMap(({ name }) => {
      const seen = chosenRounds(result, `isolation: ${label}`, name, false).flatMap((round) => {
        const fault = round?.isolation.find((one) => one.label === label);
        const outcome = round === null || fault === undefined ? null : outcomeOf(fault, round, application);
        return round === null || outcome === null ? [] : [{ block: round.block, outcome }];
      });
      const words = (seen[0]?.outcome.cells ?? []).map(({ endpoint }) => {
        const cells = seen.flatMap(({ outcome }) => outcome.cells.filter((cell) => cell.endpoint === endpoint));
        const { hurt, cutOff, hurtIn } = overDeployments(endpoint, cells);
        return `${endpoint} ${hurt ? 'hurt' : cutOff ? 'cut off' : 'not hurt'} (in ${hurtIn} of ${seen.length})`;
      });
      return [
        ...seen.map(({ block, outcome: { breadth, severity, index, lost, outageSeconds, detect, recover } }) => {
          const numbers = { breadth, severity, index, lost, outageSeconds, detect, recover };
          return `${label}, ${name}, block ${block + 1}: ${JSON.stringify(numbers)}`;
        }),
        ...(words.length === 0 ? [] : [`${label}, ${name}: ${words.join(', ')}`]),
      ];
    }),
  );
}
