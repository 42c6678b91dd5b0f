'use client';

import { useState } from 'react';
import type { NewAudit, NewAuditCheck } from '@/lib/contract/v1/new-audit';
import { ConfirmDialog } from '../acts/confirm-dialog';
import { hostAddress } from '../figures/addresses';
import { ADDRESSES } from '../live/answers';
import { Button } from '../ui/button';
import { Link } from '../ui/link';
import { Notice } from '../ui/notice';
import { Select } from '../ui/select';
import { Quiet } from '../ui/values';
import { type Draft, defaultsOf, draftOf, settingsOf, strategyIn, titleOf } from './draft';
import { Following } from './following';
import { Labelled } from './labelled';
import { Parameters } from './parameters';
import { Cards, FormPage, FormPanel, Grid, Question } from './parts';
import { ScopeFields } from './scope-fields';
import { StartSwitch, WITHOUT_ASKING } from './start-switch';
import { useCheck } from './use-check';
import { WhenFields } from './when-fields';
import { WillHappen } from './will-happen';

type Props = { form: NewAudit; first: NewAuditCheck };

/** A new audit, in four questions, with what it would do beside them. */
export function AuditForm({ form, first }: Props) {
  const [draft, setDraft] = useState<Draft>(() =>
    draftOf(form.begin, strategyIn(form, form.begin.strategy)?.fields ?? []),
  );
  const [isOpen, setOpen] = useState(false);
  const [created, setCreated] = useState<string | null>(null);
  const strategy = strategyIn(form, draft.strategy);
  const fields = strategy?.fields ?? [];
  const settings = settingsOf(draft, fields, form.projects);
  const { check, isOld, problem } = useCheck(settings, first);
  if (created !== null) return <Following name={created} covers={check.covers} />;

  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  // What is wrong in a list is said of the list.
  const textOf = (list: NewAuditCheck['problems'], field: string) =>
    list.find((one) => one.field === field || (field.startsWith('parameters.') && one.field.startsWith(`${field}.`)))
      ?.text;
  // A form that nobody has touched has no mistakes yet.
  const problemOf = (field: string) =>
    field === 'name' && draft.name === '' ? undefined : textOf(check.problems, field);
  const warningOf = (field: string) => textOf(check.warnings, field);
  const choose = (name: string) => {
    const chosen = strategyIn(form, name);
    change({
      strategy: name,
      values: defaultsOf(chosen?.fields ?? []),
      ...(chosen?.may_start ? {} : { autoTrigger: false }),
    });
  };
  const goal = form.goals.find(({ strategies }) => strategies.some(({ name }) => name === draft.strategy));
  const { permission } = form;
  return (
    <FormPage>
      <FormPanel>
        <Question number={1} title="What do you want?">
          <Presets form={form} onChoose={(preset) => setDraft({ ...preset, name: draft.name })} />
          <Cards
            label="Goal"
            group="goal"
            value={goal?.name ?? ''}
            cards={form.goals.map(({ name, title, about }) => ({ value: name, name, title, about, warning: null }))}
            onChange={(name) => choose(form.goals.find((one) => one.name === name)?.strategies[0]?.name ?? '')}
          />
        </Question>
        <Question number={2} title="How?">
          <Cards
            label="Strategy"
            group="strategy"
            value={draft.strategy}
            cards={(goal?.strategies ?? []).map((one) => ({ ...one, value: one.name }))}
            onChange={choose}
          />
          {goal?.name === 'cluster_maintaining' ? (
            <p>
              For a single host, <Link href={hostOf(draft)}>its own page</Link> proves first that every VM fits
              elsewhere.
            </p>
          ) : null}
          <Parameters
            fields={fields}
            values={draft.values}
            hosts={form.hosts}
            problemOf={problemOf}
            problemOfAll={(field) => check.problems.find((one) => one.field === field)?.text}
            warningOf={warningOf}
            factOf={(field) => check.facts.find((one) => one.field === field)?.text}
            onChange={(values) => change({ values: { ...draft.values, ...values } })}
          />
        </Question>
        <Question number={3} title="Which part of the cloud?">
          <ScopeFields
            form={form}
            draft={draft}
            check={check}
            problemOf={problemOf}
            onChange={(scope) => change({ scope: { ...draft.scope, ...scope } })}
          />
        </Question>
        <Question number={4} title="When?">
          <WhenFields draft={draft} check={check} problemOf={problemOf} warningOf={warningOf} onChange={change} />
          <StartSwitch
            isOn={draft.autoTrigger}
            isOffered={strategy?.may_start ?? false}
            past={strategy?.past ?? null}
            onChange={(autoTrigger) => change({ autoTrigger })}
          />
        </Question>
      </FormPanel>
      <WillHappen check={check} isOld={isOld} titleOf={(field) => titleOf(field, fields)}>
        <Grid>
          <Labelled label="Name" note="Up to 63 characters" problem={problemOf('name')} wide>
            {(ids) => (
              <input
                {...ids}
                spellCheck={false}
                autoComplete="off"
                value={draft.name}
                onChange={({ target }) => change({ name: target.value })}
              />
            )}
          </Labelled>
        </Grid>
        {problem === null ? null : (
          <Notice tone="error" role="alert">
            {problem}
          </Notice>
        )}
        {permission.may_act ? (
          <Button
            look="primary"
            icon="check"
            disabled={isOld || problem !== null || check.problems.length > 0}
            onClick={() => setOpen(true)}
          >
            Create audit…
          </Button>
        ) : (
          <Quiet>{permission.reason}</Quiet>
        )}
      </WillHappen>
      <ConfirmDialog
        open={isOpen}
        onClose={() => setOpen(false)}
        permission={permission}
        act={{
          title: `Create the audit ${draft.name}`,
          heading: 'What will happen',
          lines: [...check.will, ...gravestOf(check)],
          does: 'Create audit',
          keeps: 'Don’t create',
          icon: 'check',
          address: ADDRESSES.createAudit,
          needsReason: true,
          body: { settings },
          words: draft.autoTrigger ? WITHOUT_ASKING : undefined,
          onDone: () => setCreated(draft.name),
        }}
      />
    </FormPage>
  );
}

/** What a person must know who creates it in spite of that. */
const gravestOf = ({ facts }: NewAuditCheck): string[] =>
  facts.flatMap(({ tone, text }) => (tone === 'error' ? [text] : []));

/** The page of the host to empty, or the list of hosts until one is named. */
function hostOf({ values }: Draft): string {
  const host = values.maintenance_node;
  return typeof host === 'string' && host !== '' ? hostAddress(host) : '/hosts/';
}

/** Settings to begin with; nothing chosen keeps what is there. */
function Presets({ form, onChoose }: { form: NewAudit; onChoose: (draft: Draft) => void }) {
  const options = [
    { value: '', label: 'Begin with…' },
    ...form.presets.map(({ title }) => ({ value: title, label: title })),
  ];
  return (
    <div>
      <Select
        label="Begin with usual settings"
        value=""
        options={options}
        onChange={(title) => {
          const preset = form.presets.find((one) => one.title === title);
          if (preset) onChoose(draftOf(preset.settings, strategyIn(form, preset.settings.strategy)?.fields ?? []));
        }}
      />
    </div>
  );
}
