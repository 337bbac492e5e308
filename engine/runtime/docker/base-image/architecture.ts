/** What differs between processor architectures in a Linux base image. */
export interface Architecture {
  /** As in the npm package's name and in `process.arch`. */
  node: 'x64' | 'arm64';
  /** As Debian calls it. */
  debian: 'amd64' | 'arm64';
  /** Folder name of Debian's shared libraries. */
  triplet: string;
  /** Absolute path of the dynamic loader that programs for it name. */
  loader: string;
}

const X64: Architecture = {
  node: 'x64',
  debian: 'amd64',
  triplet: 'x86_64-linux-gnu',
  loader: '/lib64/ld-linux-x86-64.so.2',
};
const ARM64: Architecture = {
  node: 'arm64',
  debian: 'arm64',
  triplet: 'aarch64-linux-gnu',
  loader: '/lib/ld-linux-aarch64.so.1',
};

/** The architecture an engine means by the word in its `/info`. Throws for one that Cleave has no base image for. */
export function architectureOf(engineWord: string): Architecture {
  const meant = meantBy(engineWord);
  if (meant !== undefined) return meant;
  throw new Error(`The container engine runs on ${engineWord}; Cleave's base image exists for x86_64 and arm64.`);
}

/** Whether an image that an engine describes with this word runs on that architecture; where it says none, nobody knows better. */
export function isFor(architecture: Architecture, imageWord: string | undefined): boolean {
  return !imageWord || meantBy(imageWord) === architecture;
}

function meantBy(word: string): Architecture | undefined {
  switch (word) {
    case 'x86_64':
    case 'amd64':
      return X64;
    case 'aarch64':
    case 'arm64':
      return ARM64;
    default:
      return undefined;
  }
}
