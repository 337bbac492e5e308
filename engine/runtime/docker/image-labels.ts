import type { ImageInspectInfo } from 'dockerode';

/** Labels of an image. Of one without any, engines name none; some name no configuration either. */
export function labelsOf({ Config }: Pick<ImageInspectInfo, 'Config'>): Readonly<Record<string, string>> {
  const { Labels } = (Config as typeof Config | undefined) ?? {};
  return (Labels as typeof Labels | null) ?? {};
}
