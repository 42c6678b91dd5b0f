import { checksOf, type RawCheck } from './check';

const check = checksOf('OpenStack');

/** They work, but not for ever, or not all. @param sentences one for each setting, which say what to do */
export const outdatedSettings = (sentences: string[]): RawCheck =>
  check('settings', 'The settings have their present names', {
    status: 'warning',
    evidence: sentences[0] ?? 'Some settings have other names now.',
    details: sentences.slice(1),
    fix: 'Rename them where they are set. See .env.example, and docs/upgrading.md for what has another name.',
  });

export const wrongSettings = (problems: string[]): RawCheck =>
  check('settings', 'The settings are valid', {
    status: 'error',
    evidence: problems[0] ?? 'The settings are invalid.',
    details: problems.slice(1),
    fix: 'See .env.example. OS_* variables and clouds.yaml work as they do for the openstack command. USE_MOCK_DATA=true shows a simulated cloud.',
  });
