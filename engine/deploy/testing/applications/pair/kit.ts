/** Never run: the fake engine has programs of its own. */
export function startUnit(modules: Record<string, unknown>): void {
  process.stdout.write(Object.keys(modules).join());
}
