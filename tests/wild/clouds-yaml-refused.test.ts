import { describe, expect, it } from 'vitest';
import { cloudYaml, complaint, FILE, settingsOf } from './clouds-yaml';

describe('what openstacksdk refuses', () => {
  const refused: [string, string, string][] = [
    [
      'a tab as indentation',
      'clouds:\n\tc: {}\n',
      `${FILE} is not valid YAML at line 2, column 1: tabs can’t indent it.`,
    ],
    ['a stray brace', `${cloudYaml('')}    x: }\n`, `${FILE} is not valid YAML at line 9, column 8.`],
    [
      'a second document',
      `${cloudYaml('')}---\na: s3cret\n`,
      `${FILE} is not valid YAML at line 9, column 1: a second document begins there.`,
    ],
    [
      'a password that begins with @',
      cloudYaml('', 'password: @s3cret'),
      `${FILE} is not valid YAML at line 4, column 17: a value that begins with this character needs quotes.`,
    ],
    [
      'an unknown tag',
      cloudYaml('', 'password: !vault s3cret'),
      `${FILE} has a tag at line 4, column 17 that OpenStack’s tools refuse too.`,
    ],
    [
      'an anchor that does not exist',
      cloudYaml('x: *s3cret'),
      `${FILE} refers at line 8, column 8 to an anchor that does not exist.`,
    ],
    ['a list', '- s3cret\n', `${FILE} is not a mapping that begins with \`clouds:\`.`],
    [
      'a password of yes',
      cloudYaml('', 'auth_url: https://k\nusername: u\npassword: yes\nproject_name: p'),
      `password in ${FILE}, line 6, must be text: put it in quotes.`,
    ],
    [
      'auth without indentation',
      'clouds:\n  c:\n    auth: s3cret\n',
      `auth in ${FILE}, line 3, must be a mapping: indent its keys below it.`,
    ],
    [
      'an unknown interface',
      cloudYaml('interface: s3cret'),
      `interface in ${FILE}, line 8, must be public, internal or admin.`,
    ],
    [
      'an interface of a service',
      cloudYaml('compute_interface: s3cret'),
      `compute_interface in ${FILE}, line 8, must be public, internal or admin.`,
    ],
    [
      'an address without a scheme',
      cloudYaml('', 'auth_url: s3cret.example:5000'),
      `auth_url in ${FILE}, line 4, is not an http or https address.`,
    ],
    [
      'verify that is neither a yes nor a file',
      cloudYaml('verify: s3cret'),
      `The file named by verify in ${FILE}, line 8, can't be read.`,
    ],
    [
      'a sign-in at another service',
      cloudYaml('auth_type: v3oidcpassword'),
      `auth_type in ${FILE}, line 8, must be v3password, v3applicationcredential or v3token: the present one signs in at another service. An application credential works without.`,
    ],
  ];

  it.each(refused)('is refused with file, line and key, not with its text: %s', (_, yaml, message) => {
    const shown = complaint(() => settingsOf(yaml));
    expect(shown).toBe(message);
    expect(shown).not.toContain('s3cret');
  });
});
