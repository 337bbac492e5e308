import type Docker from 'dockerode';
import { LABEL } from '../labels.ts';
import { emptyReport, mayGo } from '../sweep-report.ts';
import type { SweepReport } from '../types.ts';
import { sweepImages } from './image-cache.ts';
import type { ImageSweepOptions } from './image-cache.ts';
import { keyOf, listLabelled, removeOrTell } from './remove.ts';
import type { Owned } from './remove.ts';

/** What a dead run left is not waited for as long as what this one made: the next sweep comes. */
const PATIENCE_MS = 5000;

/** Removes the containers, networks, volumes and nameless images that were left behind, and bounds the image cache; whatever else carries Cleave's label is kept. */
export async function sweepEngine(docker: Docker, options: ImageSweepOptions = {}): Promise<SweepReport> {
  const report = emptyReport();
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
  // After the containers: none runs from them any more.
  await sweepImages(docker, report, options);
  return report;
}
