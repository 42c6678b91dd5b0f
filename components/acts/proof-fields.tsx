import type { Permission } from '@/lib/contract/v1/acts';
import { Field } from './field';
import { needsPassword, type Proof } from './use-acting';

type Props = {
  permission: Permission;
  /** For whether an earlier sign-in still counts; ms. */
  now: number;
  wantsCode: boolean;
  proof: Proof;
  onChange: (proof: Proof) => void;
};

/** The password again, and the code where Keystone asks for one; nothing where none is needed. */
export function ProofFields({ permission, now, wantsCode, proof, onChange }: Props) {
  if (!needsPassword(permission, now)) return null;
  const { sign_in_cloud: cloud } = permission;
  const set = (part: Partial<Proof>) => onChange({ ...proof, ...part });
  return (
    <>
      {permission.sign_in === 'user-and-password' ? (
        <Field
          label="Keystone user"
          note={cloud === null ? undefined : `Of the cloud ${cloud}, which has people of its own.`}
          name="user"
          autoComplete="username"
          value={proof.user}
          onChange={(event) => set({ user: event.target.value })}
        />
      ) : null}
      <Field
        label={permission.sign_in === 'password' ? `Password of ${permission.name}` : 'Password'}
        note="Not kept."
        name="password"
        type="password"
        autoComplete="current-password"
        value={proof.password}
        onChange={(event) => set({ password: event.target.value })}
      />
      {wantsCode ? (
        <Field
          label="One-time code"
          note="As your account asks."
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          value={proof.code}
          onChange={(event) => set({ code: event.target.value })}
        />
      ) : null}
    </>
  );
}
