import type { AppSettings, EngineStatus } from '../../engine/model/index.ts';

export type Tone = 'good' | 'busy' | 'bad';

/** One short line about the engine. */
export function engineLine(status: EngineStatus | null): { tone: Tone; text: string } {
  if (status === null) return { tone: 'busy', text: 'Looking for a container engine' };
  switch (status.state) {
    case 'checking':
      return { tone: 'busy', text: 'Looking for a container engine' };
    case 'healthy':
      return { tone: 'good', text: [status.name ?? 'Container engine', status.version].filter(Boolean).join(' ') };
    case 'stopped':
      return { tone: 'bad', text: `${status.name ?? 'The container engine'} is not running` };
    case 'missing':
      return { tone: 'bad', text: 'No container engine found' };
    case 'error':
      return { tone: 'bad', text: status.problem ?? 'The container engine does not answer' };
  }
}

/** Whether units would run as processes now, and why, in one sentence; null while the engine serves. */
export function processRuntimeNote(status: EngineStatus | null, settings: AppSettings | null): string | null {
  if (settings?.runtime === 'process') return 'Units run as processes, as chosen in Settings.';
  if (status === null || status.state === 'healthy' || status.state === 'checking') return null;
  if (settings?.runtime === 'docker')
    return 'Settings ask for the container engine only, so nothing can run until it answers.';
  return 'Until it answers, units run as processes on this machine.';
}
