/**
 * Gives a command whose outcome the phone's state shows: the confirmation by what it changed, a failure by
 * `state.problem`. There is nothing left to do with the promise.
 */
export function run(command: Promise<unknown>): void {
  command.catch(() => {});
}
