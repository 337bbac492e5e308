/** Says what it was started with. */
export function startUnit(modules: Record<string, unknown>): void {
  process.stdout.write(Object.keys(modules).join());
}
