/** Reads the kernel's way to write sets of CPUs: `0-2,5`. Empty when it is not one. */
export function parseCpuList(list: string): number[] {
  const cpus: number[] = [];
  for (const part of list.split(',')) {
    const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part);
    if (!match) return [];
    const first = Number(match[1]);
    for (let cpu = first; cpu <= Number(match[2] ?? first); cpu += 1) cpus.push(cpu);
  }
  return cpus;
}

/**
 * The CPUs that may be used and are there: the kernel lets a process on CPUs that a machine only has room for, as virtual ones do (0-31 where 16 are online). All that may be used where the list of those
 * online is none, or has none of them.
 * @param allowed `Cpus_allowed_list` of /proc/PID/status
 * @param online /sys/devices/system/cpu/online
 */
export function cpusThatAreThere(allowed: string, online: string): number[] {
  const [may, are] = [parseCpuList(allowed), new Set(parseCpuList(online))];
  const both = may.filter((cpu) => are.has(cpu));
  return both.length > 0 ? both : may;
}
