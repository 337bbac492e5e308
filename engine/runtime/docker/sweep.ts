import type Docker from 'dockerode';
import { sentenceOf } from '../errors.ts';
import { LABEL } from '../labels.ts';
import { emptyReport, mayGo } from '../sweep-report.ts';
import type { SweepReport } from '../types.ts';
import { isAway } from './call.ts';
import { sweepImages } from './image-cache.ts';
import type { ImageSweepOptions } from './image-cache.ts';
import { keyOf, listLabelled, removeOrTell } from './remove.ts';
import type { Owned } from './remove.ts';

/** What a dead run left is not waited for as long as what this one made: the next sweep comes. */
const PATIENCE_MS = 5000;

/**
 * Removes the containers, networks, volumes and nameless images that were left behind, and bounds the image cache; whatever else carries Cleave's label is kept. What
 * an engine that is there does not do is told, not thrown: nothing of what comes afterwards needs it.
 */
export async function sweepEngine(docker: Docker, options: ImageSweepOptions = {}): Promise<SweepReport> {
  const report = emptyReport();
  const orTell = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      options.signal?.throwIfAborted();
      if (isAway(error)) throw error;
      report.failed.push(sentenceOf(error));
    }
  };
  await orTell(() => sweepLabelled(docker, report, options));
  // After the containers: none runs from them any more.
  await orTell(() => sweepImages(docker, report, options));
  return report;
}

async function sweepLabelled(docker: Docker, report: SweepReport, options: ImageSweepOptions): Promise<void> {
  const going: Owned[] = [];
  for (const item of await listLabelled(docker, [`${LABEL.managed}=true`], options.signal)) {
    const { [LABEL.owner]: owner = '', [LABEL.lease]: lease = '' } = item.labels;
    const title = `${item.kind} ${item.title}`;
    const { createdMs } = item;
    if (await mayGo({ key: keyOf(item), title, createdMs, owner, lease }, report, options)) going.push(item);
  }
  const left = await removeOrTell(docker, going, PATIENCE_MS);
  report.removed.push(...going.filter((item) => !left.has(item)).map((item) => `${item.kind} ${item.title}`));
  report.failed.push(...left.values());
}
