import type { ReactNode } from 'react';
import { withBase } from '@/lib/base-path';
import { PageHead, Stack } from '../ui/page';
import { Panel, PanelBody } from '../ui/panel';
import { Quiet } from '../ui/values';
import styles from './api-page.module.css';
import { ApiReference } from './api-reference';

const RULES: { term: string; text: ReactNode }[] = [
  {
    term: 'Addresses',
    text: 'Every path works with and without a slash at its end. Parameters that are unknown, misspelt or given twice are refused on /api/v1/.',
  },
  {
    term: 'Units',
    text: 'Sizes in bytes, CPU in logical CPUs, loads in percent, spreads in points, times in ISO 8601 and UTC. Unknown is null, with a reason beside it.',
  },
  {
    term: 'Access',
    text: 'Authorization: Bearer with one of API_TOKENS or, with AUTH=keystone, a Keystone token. The session of this page works in this browser.',
  },
  {
    term: 'Errors',
    text: 'Problem documents (RFC 9457) with a stable type, a sentence in detail, and the request_id that the server log has.',
  },
  {
    term: 'Polling',
    text: 'since of audits, plans and acts lists every change once, if each request has next_since of the answer before. If-None-Match is answered with 304 while nothing has changed.',
  },
  {
    term: 'CSV',
    text: 'Accept: text/csv gets hosts, VMs, plans, slots, host failures, forecasts, moves, acts and repeating audits as a file with every row.',
  },
  {
    term: 'What stays',
    text: 'The promised endpoints never change. On /api/v1/, fields are only added within a major version. What is deprecated says so with the headers Deprecation and Sunset, and stays for at least half a year.',
  },
];

/** The API for people: its rules in short, then every endpoint. */
export function ApiPage() {
  return (
    <Stack>
      <PageHead title="API">
        <Quiet>
          For programs: <a href={withBase('/api/openapi.json')}>the OpenAPI document</a>,{' '}
          <a href={withBase('/api/')}>the list of endpoints</a>,{' '}
          <a href={withBase('/api/problems/')}>the types of problems</a>
        </Quiet>
      </PageHead>
      <Panel title="Rules">
        <PanelBody>
          <dl className={styles.rules}>
            {RULES.map(({ term, text }) => (
              <div key={term}>
                <dt>{term}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        </PanelBody>
      </Panel>
      <ApiReference />
    </Stack>
  );
}
