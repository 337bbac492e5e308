import { allPrintable } from '../../engine/model/index.ts';
import type { HostMessage } from '../host-protocol/index.ts';

/**
 * Hands messages on without what acts on the window that shows them: lines of units and messages of engines may hold anything. Answers to
 * questions are the program's own, or were read from files and cleaned there.
 */
export function plainMessages(post: (message: HostMessage) => void): (message: HostMessage) => void {
  return (message) => post(message.type === 'answer' && message.ok ? message : allPrintable(message));
}
