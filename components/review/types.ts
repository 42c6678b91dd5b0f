import type { PlanReview } from '@/lib/contract/v1/review';

export type EfficacyIndicator = PlanReview['plan']['efficacy'][number];
