import type { CloudKeys, Config } from './config-values';

/** The OS_* variables, as every OpenStack client knows them. */
export type CloudVariables = Partial<Record<(typeof CLOUD_VARIABLES)[number], string>> & { OS_INSECURE?: boolean };

/** They choose a cloud of a file. */
const CHOICES = [
  'OS_CLOUD',
  'OS_CLOUD_NAME',
  'OS_CLIENT_CONFIG_FILE',
  'OS_CLIENT_SECURE_FILE',
  'OS_REGION_NAME',
] as const;
/** They count for a cloud in a file if it lacks them. */
const SECRETS = ['OS_PASSWORD', 'OS_APPLICATION_CREDENTIAL_SECRET', 'OS_TOKEN'] as const;
/** They win over the keys of a file. */
const OVERRIDES = [
  'OS_INTERFACE',
  'OS_ENDPOINT_TYPE',
  'OS_CACERT',
  'OS_CERT',
  'OS_KEY',
  'OS_COMPUTE_ENDPOINT_OVERRIDE',
  'OS_PLACEMENT_ENDPOINT_OVERRIDE',
  'OS_INFRA_OPTIM_ENDPOINT_OVERRIDE',
] as const;
/** They only count without a file. */
const ACCOUNT = [
  'OS_AUTH_URL',
  'OS_AUTH_TYPE',
  'OS_USERNAME',
  'OS_USER_ID',
  'OS_PROJECT_NAME',
  'OS_PROJECT_ID',
  'OS_TENANT_NAME',
  'OS_TENANT_ID',
  'OS_USER_DOMAIN_NAME',
  'OS_USER_DOMAIN_ID',
  'OS_PROJECT_DOMAIN_NAME',
  'OS_PROJECT_DOMAIN_ID',
  'OS_DOMAIN_NAME',
  'OS_DOMAIN_ID',
  'OS_DEFAULT_DOMAIN',
  'OS_APPLICATION_CREDENTIAL_ID',
  'OS_APPLICATION_CREDENTIAL_NAME',
] as const;
const CLOUD_VARIABLES = [...CHOICES, ...SECRETS, ...OVERRIDES, ...ACCOUNT] as const;

/** The variables under the names that clouds.yaml uses: OS_USER_ID is `user_id`. */
const asKeys = (variables: CloudVariables, names: readonly (typeof CLOUD_VARIABLES)[number][]): Config =>
  Object.fromEntries(
    names.flatMap((name) =>
      variables[name] === undefined ? [] : [[name.slice('OS_'.length).toLowerCase(), variables[name]]],
    ),
  );

const overrides = (variables: CloudVariables): Config => {
  const keys = asKeys(variables, OVERRIDES);
  // Either name of the interface replaces both names in a file.
  const names = { interface: undefined, endpoint_type: undefined };
  return {
    ...('interface' in keys || 'endpoint_type' in keys ? names : {}),
    ...keys,
    ...(variables.OS_INSECURE === true ? { insecure: true } : {}),
  };
};

/** A cloud in variables only. */
export const keysOfVariables = (variables: CloudVariables): CloudKeys => ({
  values: { ...asKeys(variables, ACCOUNT), ...asKeys(variables, SECRETS), ...overrides(variables) },
  where: () => null,
  cloud: null,
});

/** A cloud in a file, with the variables that override or complete it. */
export function withVariables<Keys extends CloudKeys>(keys: Keys, variables: CloudVariables): Keys {
  const winners = overrides(variables);
  const fallbacks = { ...asKeys(variables, SECRETS), default_domain: variables.OS_DEFAULT_DOMAIN };
  return {
    ...keys,
    values: { ...fallbacks, ...keys.values, ...winners },
    where: (key) => (key in winners ? null : keys.where(key)),
  };
}
