import type { CloudVariables } from '@/lib/openstack/cloud-variables';
import { type CloudSettings, loadCloud } from '@/lib/openstack/clouds';

/** Makes and reads files of clouds. */

export const FILE = '/srv/clouds.yaml';

export const load = (variables: CloudVariables, files: Record<string, string>): CloudSettings =>
  loadCloud(variables, { read: (file) => files[file], home: '/home/me', cwd: '/srv' });

export const indent = (text: string, by: number): string => text.replaceAll(/^(?=.)/gm, ' '.repeat(by));

/** A cloud named c with these keys; `auth` is given by its own keys. */
export const cloudYaml = (
  keys: string,
  auth = 'auth_url: https://k.example/v3\nusername: u\npassword: s3cret\nproject_name: p',
): string => `clouds:\n  c:\n    auth:\n${indent(auth, 6)}\n${indent(keys, 4)}\n`;

/** The settings of the cloud c in a file. */
export const settingsOf = (yaml: string, variables: CloudVariables = {}): CloudSettings =>
  load({ OS_CLOUD: 'c', ...variables }, { [FILE]: yaml });

/** The message of the error that an attempt throws. */
export function complaint(attempt: () => unknown): string {
  try {
    attempt();
    return 'no error';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
