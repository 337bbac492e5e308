import { faultInWords, type LabEvent } from '../../../engine/model/index.ts';
import { appendBounded } from '../../shared/bounded.ts';
import { limits, type MessageView } from './run-view.ts';

const faultWords = { injecting: 'Injecting:', active: 'In effect:', undoing: 'Undoing:', undone: 'Undone:' } as const;

/** What is worth telling in words, oldest first. */
export function applyMessages(messages: readonly MessageView[], events: readonly LabEvent[]): readonly MessageView[] {
  const added: MessageView[] = [];
  for (const event of events) {
    const { atMs } = event;
    switch (event.type) {
      case 'message':
        added.push({ atMs, level: event.level, text: event.text });
        break;
      case 'fault':
        added.push({
          atMs,
          level: 'info',
          text: `${faultWords[event.phase]} ${faultInWords(event.fault)} (${event.variant}, unit ${event.unit}).`,
        });
        break;
      case 'cancelling':
        added.push({ atMs, level: 'warning', text: event.text });
        break;
      case 'run-ended':
        added.push({ atMs, level: event.outcome === 'completed' ? 'info' : 'warning', text: event.text });
        break;
      default:
        break;
    }
  }
  return appendBounded(messages, added, limits.messages);
}
