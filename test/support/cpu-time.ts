/** Milliseconds this process has worked so far: other than a clock's they do not grow while others have the machine. */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
