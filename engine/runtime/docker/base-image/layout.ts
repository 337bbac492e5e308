import path from 'node:path';
import type { Architecture } from './architecture.ts';
import { FOLDERS, TEXT_FILES } from './recipe.ts';

/** One thing in an image's file system. Paths have no leading slash, as tar wants them. */
export type LayoutEntry =
  | { type: 'folder'; path: string; mode: number; owner: number }
  | { type: 'text'; path: string; mode: number; text: string }
  | { type: 'file'; path: string; mode: number; source: string }
  | { type: 'link'; path: string; target: string };

/** What goes into the image beside the files that all have. */
export interface LayoutSources {
  programs: readonly LayoutEntry[];
  /** Path of each shared library and of the loader, by file name. */
  libraries: ReadonlyMap<string, string>;
}

/**
 * What an assembled base image holds, every folder before its content. One folder has all libraries, and the other places in
 * which a loader may look are links to it: a loader built for another distribution looks elsewhere than Debian's. Pure.
 */
export function layoutOf(architecture: Architecture, sources: LayoutSources): LayoutEntry[] {
  const libraries = `lib/${architecture.triplet}`;
  const content: LayoutEntry[] = [
    ...FOLDERS.map(({ path: folder, mode, owner }) => ({
      type: 'folder' as const,
      path: folder.slice(1),
      mode,
      owner,
    })),
    ...Object.entries(TEXT_FILES).map(([file, text]) => ({
      type: 'text' as const,
      path: file.slice(1),
      mode: 0o644,
      text,
    })),
    ...sources.programs,
    ...[...sources.libraries].map(([name, source]) => ({
      type: 'file' as const,
      path: `${libraries}/${name}`,
      mode: 0o755,
      source,
    })),
    { type: 'link', path: 'lib64', target: libraries },
    { type: 'link', path: 'usr/lib64', target: `../${libraries}` },
    { type: 'link', path: `usr/lib/${architecture.triplet}`, target: `../../${libraries}` },
  ];
  if (path.posix.dirname(architecture.loader) === '/lib') {
    const name = path.posix.basename(architecture.loader);
    content.push({ type: 'link', path: `lib/${name}`, target: `${architecture.triplet}/${name}` });
  }
  return [...parentsOf(content), ...content].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function parentsOf(content: readonly LayoutEntry[]): LayoutEntry[] {
  const parents = new Set<string>();
  for (const entry of content) {
    for (let parent = path.posix.dirname(entry.path); parent !== '.'; parent = path.posix.dirname(parent))
      parents.add(parent);
  }
  for (const entry of content) parents.delete(entry.path);
  return [...parents].map((folder) => ({ type: 'folder', path: folder, mode: 0o755, owner: 0 }));
}
