import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { DoctorReport } from '@/components/doctor/doctor-report';
import { NOW } from './samples';

const DOCTOR = { checked_at: NOW, summary: { ok: 0, warning: 0, error: 0, skipped: 0 }, checks: [] };

describe('the page of the doctor', () => {
  it('names the command of images and archives, where npm scripts don’t run, and that of a checkout', () => {
    const words = renderToStaticMarkup(<DoctorReport doctor={DOCTOR} now={NOW} />).replaceAll(/<[^>]*>/g, '');
    expect(words).toContain('In a terminal: watcher-visio doctor, in a checkout npm run doctor');
  });
});
