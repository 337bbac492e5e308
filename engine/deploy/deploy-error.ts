/** A deployment did not come up; the message names the unit and carries its last log lines. */
export class DeployError extends Error {
  override name = 'DeployError';
}
