import type { PlanReview } from '@/lib/contract/v1/review';
import type { Aim } from './trim-aim';

/** What the page of a plan is made from: it computes the verdicts and the order of the moves itself, for every change. */
export type ReviewPage = Omit<PlanReview, 'result' | 'trim'> & { aim: Aim };
