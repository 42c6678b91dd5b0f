import 'server-only';
import type { Gauge } from 'prom-client';

/** Adds a metric about the cloud; its name gets the prefix of the product. */
export type MakeGauge = (name: string, help: string, ...labels: string[]) => Gauge;
