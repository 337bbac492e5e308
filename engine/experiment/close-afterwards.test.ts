import { describe, expect, it } from 'vitest';
import { EngineError } from '../runtime/index.ts';
import { closeAfterwards } from './close-afterwards.ts';

const cause = new Error('The agent has ended');
const failing = (error: Error) => async (): Promise<never> => {
  throw error;
};

describe('closing after the work', () => {
  it('gives what the work gave, once it is closed', async () => {
    const order: string[] = [];
    const close = async () => void order.push('closed');
    expect(await closeAfterwards(async () => order.push('worked'), close)).toBe(1);
    expect(order).toEqual(['worked', 'closed']);
  });

  it('tells the cause and not what followed from it', async () => {
    const close = failing(new EngineError('engine', 'Removing the volume: database not open'));
    await expect(closeAfterwards(failing(cause), close)).rejects.toBe(cause);
  });

  it('tells that nothing can go on rather than the cause', async () => {
    const gone = new EngineError('no-engine', 'The container engine does not answer');
    await expect(closeAfterwards(failing(cause), failing(gone))).rejects.toBe(gone);
  });

  it('tells a closing that failed by itself', async () => {
    const problem = new EngineError('engine', 'Removing the network: it is in use');
    await expect(closeAfterwards(async () => 1, failing(problem))).rejects.toBe(problem);
  });
});
