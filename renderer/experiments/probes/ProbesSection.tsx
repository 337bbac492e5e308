import { own } from '../../../engine/model/index.ts';
import { Card } from '../../shared/Card.tsx';
import { mistakesUnder } from '../check.ts';
import type { SectionProps } from '../section.ts';
import type { EditorProbe } from './editor-probe.ts';
import { editorProbes } from './index.ts';
import { Probe } from './Probe.tsx';

// What each is given is its own settings.
const probesInOrder = Object.entries(editorProbes) as [key: string, probe: EditorProbe<unknown>][];

/** What else is measured. Deployment and response time always are. */
export function ProbesSection({ experiment, mistakes, summary: { application }, set }: SectionProps) {
  const { probes } = experiment;
  return (
    <Card title="Further probes">
      {probesInOrder.map(([key, probe]) => {
        const settings = own<unknown>(probes, key) ?? null;
        const onChange = (next: unknown): void => set({ probes: { ...probes, [key]: next } });
        return (
          <Probe
            key={key}
            title={probe.title}
            text={probe.text}
            on={settings !== null}
            onChange={(on) => onChange(on ? probe.usual(application) : null)}
          >
            {settings === null
              ? null
              : probe.fields({ settings, application, errors: mistakesUnder(mistakes, `probes.${key}`), onChange })}
          </Probe>
        );
      })}
    </Card>
  );
}
