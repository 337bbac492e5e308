import path from 'node:path';
import { z } from 'zod';
import { replaceFileSync } from '../../engine/files/index.ts';
import { appSettingsSchema, type AppSettings } from '../../engine/model/index.ts';
import { readJson } from './files.ts';

/** The person's settings, kept in the profile. */
export interface SettingsStore {
  get(): AppSettings;
  /** Keeps and announces new settings. Throws what the file system throws; then the old ones stay. */
  set(settings: AppSettings): AppSettings;
  onDidChange(listener: (settings: AppSettings) => void): void;
}

/** Opens the settings; fields that are missing or no longer valid take their defaults, the others stay. */
export function openSettings(profile: string): SettingsStore {
  const file = path.join(profile, 'settings.json');
  const listeners: ((settings: AppSettings) => void)[] = [];
  let current = salvage(readJson(file, z.unknown()));
  return {
    get: () => current,
    set: (settings) => {
      replaceFileSync(file, JSON.stringify(settings, null, 2));
      current = settings;
      for (const listener of listeners) listener(settings);
      return settings;
    },
    onDidChange: (listener) => {
      listeners.push(listener);
    },
  };
}

/** Takes every field that is valid by itself, so that an upgrade or a typo never loses the rest. Pure. */
export function salvage(kept: unknown): AppSettings {
  const given: Record<string, unknown> = typeof kept === 'object' && kept !== null ? { ...kept } : {};
  const valid: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(appSettingsSchema.shape)) {
    const parsed = schema.safeParse(given[name]);
    if (Object.hasOwn(given, name) && parsed.success) valid[name] = parsed.data;
  }
  return appSettingsSchema.parse(valid);
}
